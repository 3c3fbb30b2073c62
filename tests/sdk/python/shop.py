import json
import os
import uuid

from holdfast import AuthenticatedClient, Client
from holdfast.api.auth import issue_token
from holdfast.api.cart import add_cart_item
from holdfast.api.catalog import list_products
from holdfast.api.orders import place_order
from holdfast.models import (
    AccessToken,
    ApiError,
    Cart,
    CartAddition,
    Credentials,
    ErrorCode,
    Order,
    OrderedItem,
    OrderPlacement,
    ProductPage,
    ProductSort,
)

url = os.environ["HOLDFAST_URL"]
credentials = Credentials(email=os.environ["HOLDFAST_EMAIL"], password=os.environ["HOLDFAST_PASSWORD"])
access = issue_token.sync(client=Client(base_url=url), body=credentials)
assert isinstance(access, AccessToken)

with AuthenticatedClient(base_url=url, token=access.token) as api:
    page = list_products.sync(client=api, in_stock=True, sort=ProductSort.PRODUCTS_BY_PRICE)
    assert isinstance(page, ProductPage)
    product = next(one for one in page.data if one.id == os.environ["HOLDFAST_PRODUCT"])

    cart = add_cart_item.sync(client=api, body=CartAddition(product_id=product.id, quantity=2))
    assert isinstance(cart, Cart) and cart.items[0].held == 2

    order = place_order.sync(
        client=api, body=OrderPlacement(expected_total=cart.total), idempotency_key=str(uuid.uuid4())
    )
    assert isinstance(order, Order)

    wanted = OrderedItem(product_id=os.environ["HOLDFAST_SCARCE"], quantity=5)
    answer = place_order.sync_detailed(
        client=api, body=OrderPlacement(items=[wanted]), idempotency_key=str(uuid.uuid4())
    )
    error = answer.parsed
    assert isinstance(error, ApiError) and error.code == ErrorCode.INSUFFICIENT_STOCK
    line = error.details.lines[0]

print(
    json.dumps(
        {
            "order": order.number,
            "orderStatus": order.status.value,
            "total": order.total.amount,
            "status": answer.status_code,
            "code": error.code.value,
            "requested": line.requested,
            "available": line.available,
        }
    )
)
