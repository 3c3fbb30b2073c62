import com.fasterxml.jackson.databind.ObjectMapper;
import example.holdfast.ApiClient;
import example.holdfast.ApiException;
import example.holdfast.api.AuthApi;
import example.holdfast.api.CartApi;
import example.holdfast.api.CatalogApi;
import example.holdfast.api.OrdersApi;
import example.holdfast.model.ApiError;
import example.holdfast.model.Cart;
import example.holdfast.model.CartAddition;
import example.holdfast.model.Credentials;
import example.holdfast.model.ErrorCode;
import example.holdfast.model.Order;
import example.holdfast.model.OrderPlacement;
import example.holdfast.model.OrderedItem;
import example.holdfast.model.Product;
import example.holdfast.model.ProductSort;
import example.holdfast.model.StockShortfall;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

public class Shop {
  public static void main(String[] args) throws Exception {
    Map<String, String> env = System.getenv();
    ApiClient client = new ApiClient();
    client.updateBaseUri(env.get("HOLDFAST_URL"));
    Credentials credentials =
        new Credentials().email(env.get("HOLDFAST_EMAIL")).password(env.get("HOLDFAST_PASSWORD"));
    String token = new AuthApi(client).issueToken(credentials).getToken();
    client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + token));

    Product product =
        new CatalogApi(client)
            .listProducts(null, null, null, null, true, ProductSort.PRODUCTS_BY_PRICE, null, null)
            .getData().stream()
                .filter(one -> one.getId().equals(env.get("HOLDFAST_PRODUCT")))
                .findFirst()
                .orElseThrow();

    Cart cart =
        new CartApi(client)
            .addCartItem(new CartAddition().productId(product.getId()).quantity(2), null);
    if (cart.getItems().get(0).getHeld() != 2) throw new IllegalStateException("the units are not held");

    OrdersApi orders = new OrdersApi(client);
    OrderPlacement placement = new OrderPlacement().expectedTotal(cart.getTotal());
    Order order = orders.placeOrder(UUID.randomUUID().toString(), placement, null);

    OrderedItem wanted = new OrderedItem().productId(env.get("HOLDFAST_SCARCE")).quantity(5);
    OrderPlacement tooMuch = new OrderPlacement().addItemsItem(wanted);
    try {
      orders.placeOrder(UUID.randomUUID().toString(), tooMuch, null);
      throw new IllegalStateException("more was ordered than there is");
    } catch (ApiException refused) {
      ObjectMapper json = ApiClient.createDefaultObjectMapper();
      ApiError error = json.readValue(refused.getResponseBody(), ApiError.class);
      if (error.getCode() != ErrorCode.INSUFFICIENT_STOCK) throw refused;
      StockShortfall line = error.getDetails().getLines().get(0);
      Map<String, Object> told = new LinkedHashMap<>();
      told.put("order", order.getNumber());
      told.put("orderStatus", order.getStatus().getValue());
      told.put("total", order.getTotal().getAmount());
      told.put("status", refused.getCode());
      told.put("code", error.getCode().getValue());
      told.put("requested", line.getRequested());
      told.put("available", line.getAvailable());
      System.out.println(json.writeValueAsString(told));
    }
  }
}
