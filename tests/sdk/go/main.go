package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"os"

	"github.com/example/holdfast"
)

func main() {
	configuration := holdfast.NewConfiguration()
	configuration.Servers = holdfast.ServerConfigurations{{URL: os.Getenv("HOLDFAST_URL")}}
	api := holdfast.NewAPIClient(configuration)
	ctx := context.Background()

	credentials := holdfast.NewCredentials(os.Getenv("HOLDFAST_EMAIL"), os.Getenv("HOLDFAST_PASSWORD"))
	access, _, err := api.AuthAPI.IssueToken(ctx).Credentials(*credentials).Execute()
	check(err)
	ctx = context.WithValue(ctx, holdfast.ContextAccessToken, access.Token)

	page, _, err := api.CatalogAPI.ListProducts(ctx).InStock(true).Sort(holdfast.PRODUCTS_BY_PRICE).Execute()
	check(err)
	var product holdfast.Product
	for _, one := range page.Data {
		if one.Id == os.Getenv("HOLDFAST_PRODUCT") {
			product = one
		}
	}

	addition := holdfast.NewCartAddition(product.Id, 2)
	cart, _, err := api.CartAPI.AddCartItem(ctx).CartAddition(*addition).Execute()
	check(err)
	if cart.Items[0].Held != 2 {
		log.Fatal("the units are not held")
	}

	placement := holdfast.OrderPlacement{ExpectedTotal: &cart.Total}
	order, _, err := api.OrdersAPI.PlaceOrder(ctx).IdempotencyKey(key()).OrderPlacement(placement).Execute()
	check(err)

	tooMuch := holdfast.OrderPlacement{Items: []holdfast.OrderedItem{{ProductId: os.Getenv("HOLDFAST_SCARCE"), Quantity: 5}}}
	_, answer, err := api.OrdersAPI.PlaceOrder(ctx).IdempotencyKey(key()).OrderPlacement(tooMuch).Execute()
	var refused *holdfast.GenericOpenAPIError
	if !errors.As(err, &refused) {
		log.Fatal("more was ordered than there is")
	}
	refusal := refused.Model().(holdfast.ApiError)
	if refusal.Code != holdfast.INSUFFICIENT_STOCK {
		log.Fatal(refusal.Message)
	}
	line := refusal.Details.Lines[0]

	told, err := json.Marshal(map[string]any{
		"order": order.Number, "orderStatus": order.Status, "total": order.Total.Amount,
		"status": answer.StatusCode, "code": refusal.Code, "requested": line.Requested, "available": line.Available,
	})
	check(err)
	fmt.Println(string(told))
}

func key() string { return rand.Text() }

func check(err error) {
	var refused *holdfast.GenericOpenAPIError
	if errors.As(err, &refused) {
		log.Fatal(err, string(refused.Body()))
	}
	if err != nil {
		log.Fatal(err)
	}
}
