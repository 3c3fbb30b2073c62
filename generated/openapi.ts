// Generated from openapi/openapi.yaml by `npm run generate`. Do not edit.

export interface paths {
    "/v1/auth/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create an account
         * @description Creates an account with the role `user` and signs it in: the answer sets the session cookie. A welcome mail is sent.
         *     An e-mail address has one account at most, whatever its capitals; a second attempt is 409 `email_taken` and changes nothing.
         *     A password may be at most 72 bytes long, which is fewer than 72 characters if some of them are not plain Latin letters.
         *     The cart that the caller had as a guest becomes the account's.
         */
        post: operations["register"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in
         * @description Opens a session: the answer sets the session cookie and tells who signed in. An unknown address and a wrong password are told alike
         *     (401 `invalid_credentials`), in the same time. Only the right password learns that an account is blocked (403 `account_blocked`).
         *     The cart that the caller had as a guest becomes the account's: whole, or merged line by line into the one that the account has (see the tag `cart`).
         */
        post: operations["login"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign out
         * @description Ends this session: its token is refused from now on, wherever it is used, and the session cookie is removed. Other sessions of the account go on.
         */
        post: operations["logout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get an access token
         * @description For programs, which have no use for cookies: gives a token for the `Authorization: Bearer` header, valid until `expiresAt`. It opens what
         *     the session cookie opens. A change of the account's password, role or state ends it earlier.
         */
        post: operations["issueToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/password-reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for a password reset
         * @description Sends a mail with a link to the address, if it has an account. The link works once, for 30 minutes, and only until another one is asked for.
         *     Whether there is an account is told to nobody: the answer is always the same, and takes the same time. A blocked account gets no mail: a new password would not let it in.
         *     The link opens the shop's own page (the setting `PASSWORD_RESET_URL`) with the token behind `#token=`; the page sends it to `resetPassword`.
         */
        post: operations["requestPasswordReset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/password-reset/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set a new password by the token of a mail
         * @description Sets a new password, and ends every session of the account: sign in with the new password afterwards. A token works once. One that was used,
         *     that is older than 30 minutes, that a later one has replaced, or that never was one is refused alike with 400 `reset_token_invalid`.
         */
        post: operations["resetPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read your own profile
         * @description Tells who is signed in. Use it at the start of a page to find out whether there is a session.
         */
        get: operations["getOwnProfile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change your own profile
         * @description Changes the fields that are sent and leaves the others. `phone: null` removes the number. The e-mail address stays: it is what the account is known by.
         *     Orders that are already placed keep the name that they were placed with.
         */
        patch: operations["updateOwnProfile"];
        trace?: never;
    };
    "/v1/users/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change your own password
         * @description Needs the password as it is now; a wrong one is 403 `wrong_password`. Every session and token of the account ends, this one too: the answer sets the
         *     cookie of a new session. Programs ask `issueToken` for a new token.
         */
        post: operations["changeOwnPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/me/addresses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List your own addresses
         * @description All addresses that the account keeps, the oldest first. There are at most 20.
         */
        get: operations["listOwnAddresses"];
        put?: never;
        /**
         * Keep an address
         * @description Keeps an address, to be sent as `shippingAddress` of a later order. With `isDefault: true` it becomes the default one instead of any other.
         */
        post: operations["addOwnAddress"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/me/addresses/{addressId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the kept address.
                 * @example 6b0s2l8n4y9r3x7v1a5d
                 */
                addressId: components["parameters"]["AddressId"];
            };
            cookie?: never;
        };
        get?: never;
        /**
         * Replace an address
         * @description Replaces the whole address under its id. Without `isDefault: true` it is not the default one afterwards. Orders keep the address that they were placed with.
         */
        put: operations["replaceOwnAddress"];
        post?: never;
        /**
         * Remove an address
         * @description Forgets the address. Orders keep the address that they were placed with.
         */
        delete: operations["removeOwnAddress"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List accounts (admin)
         * @description All accounts, a page at a time. All filters given must hold. A search looks at names, e-mail addresses and phone numbers.
         */
        get: operations["listUsers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/users/by-email/{email}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read an account by its e-mail address (admin)
         * @description The account that has this e-mail address, whatever its capitals. Encode the address as any part of a path.
         */
        get: operations["getUserByEmail"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/users/{userId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the account.
                 * @example 5a9r1k7m3x8q2w6t0z4c
                 */
                userId: components["parameters"]["UserId"];
            };
            cookie?: never;
        };
        /**
         * Read an account (admin)
         * @description One account, with its version (needed to change it) and whether it is blocked.
         */
        get: operations["getUser"];
        put?: never;
        post?: never;
        /**
         * Delete an account (admin)
         * @description Erases the account for good: its sessions end, what its cart holds goes back on sale, and its e-mail address is free for a new account. Orders stay, with the name and address that they were placed with.
         *     Nobody deletes their own account here (409 `own_account`).
         */
        delete: operations["deleteUser"];
        options?: never;
        head?: never;
        /**
         * Change an account (admin)
         * @description Changes the fields that are sent and leaves the others. `version` is the one that you read: if the account was changed in the meantime, the answer is 409
         *     `version_conflict`, and nothing is changed. Another role, or blocking, ends every session of the account. A blocked account cannot sign in until `blocked: false`.
         *     Nobody takes the role from, or blocks, their own account (409 `own_account`): so there is always an admin left.
         */
        patch: operations["updateUser"];
        trace?: never;
    };
    "/v1/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List and search products
         * @description The products that are for sale, a page at a time. All filters given must hold. `available` is what can be bought at this moment:
         *     units in carts and unpaid orders are already taken off. Names, prices and which products are listed may be a second old; an order
         *     reads them again, so that nothing is sold at an old price.
         */
        get: operations["listProducts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/products/{productId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one product
         * @description One product that is for sale, with the units available at this moment. An archived product is 404 here.
         */
        get: operations["getProduct"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/categories": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the categories
         * @description The categories of what is for sale, each with how many products it has, sold-out ones too: what a shop builds its navigation from.
         *     Sorted by name; capitals and accents do not count. At most 200: where there are more, those with the most products.
         *     What another admin changed a moment ago may show a second later.
         */
        get: operations["listCategories"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/images/{imageId}/{rendition}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an image
         * @description The picture itself, at the address that a product names. What is at an address never changes, so it may be kept for good; `If-None-Match` with its `ETag` is answered 304.
         *     `full` fits into 2000 by 2000 pixels, `thumbnail` into 400 by 400.
         */
        get: operations["getProductImage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List every product (admin)
         * @description All products, archived ones included unless `archived` says otherwise, each with its stock: on hand, available, and what carts and orders hold.
         */
        get: operations["listAllProducts"];
        put?: never;
        /**
         * Create a product (admin)
         * @description Puts a product on sale. `stock` is the number of units that are there to begin with; it is recorded as a receipt, as every later change of stock is.
         *     The price must be in the currency of the shop. An article number (`sku`) belongs to one product, for good.
         */
        post: operations["createProduct"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/products/{productId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the product.
                 * @example 3f8k2m9x7q4t6w1z5c0n
                 */
                productId: components["parameters"]["ProductId"];
            };
            cookie?: never;
        };
        /**
         * Read any product (admin)
         * @description One product, archived or not, with its version (needed to change it) and what holds its units.
         */
        get: operations["getAnyProduct"];
        put?: never;
        post?: never;
        /**
         * Take a product off sale (admin)
         * @description Archives the product: it is not listed and cannot be bought any more. Nothing is erased; orders still show it, and `updateProduct` can put it back.
         *     Carts that contain it show the problem `archived`. Archiving twice is the same as once.
         */
        delete: operations["archiveProduct"];
        options?: never;
        head?: never;
        /**
         * Change a product (admin)
         * @description Changes the fields that are sent and leaves the others. `version` is the one that you read: if somebody else changed the product
         *     in the meantime, the answer is 409 `version_conflict`, and nothing is changed; read the product again and decide anew.
         *     A new price counts for carts at once (their line shows `price_changed`) and never for orders that are already placed.
         *     `archived: false` puts an archived product back on sale.
         */
        patch: operations["updateProduct"];
        trace?: never;
    };
    "/v1/admin/products/{productId}/images": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the product.
                 * @example 3f8k2m9x7q4t6w1z5c0n
                 */
                productId: components["parameters"]["ProductId"];
            };
            cookie?: never;
        };
        get?: never;
        /**
         * Put the images of a product in order (admin)
         * @description `imageIds` names every image of the product once, the first to be shown first. If the product has other images by now, or (where `version` is sent) was changed in any way,
         *     the answer is 409 `version_conflict`, and nothing is changed.
         */
        put: operations["orderProductImages"];
        /**
         * Add an image to a product (admin)
         * @description Uploads one picture as `multipart/form-data`: jpeg, png or webp (by its content, whatever its name says), at most 5 MB and 40 million pixels. It is decoded, turned upright
         *     and encoded anew as webp in two sizes; what was sent is not kept, and neither is anything that stood in it beside the picture. It comes behind the other images. A product has at most
         *     8: another one is 409 `images_full`.
         */
        post: operations["addProductImage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/products/{productId}/images/{imageId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the product.
                 * @example 3f8k2m9x7q4t6w1z5c0n
                 */
                productId: components["parameters"]["ProductId"];
                /**
                 * @description The id of the image.
                 * @example 0a4e8h2m6q0t4x8b2f6k
                 */
                imageId: components["parameters"]["ImageId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete an image of a product (admin)
         * @description The image is no longer shown, and its bytes are deleted. Whoever has kept a copy of it may show that for as long as a year.
         */
        delete: operations["deleteProductImage"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/products/{productId}/receipts": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the product.
                 * @example 3f8k2m9x7q4t6w1z5c0n
                 */
                productId: components["parameters"]["ProductId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Receive units of a product (admin)
         * @description Units have arrived: they are on hand and on sale at once, and the product's ledger says why. The same `Idempotency-Key` with the same body records one receipt,
         *     however often it is sent, and always answers with it (`stock` is as it is at that moment).
         */
        post: operations["receiveStock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/products/{productId}/adjustments": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the product.
                 * @example 3f8k2m9x7q4t6w1z5c0n
                 */
                productId: components["parameters"]["ProductId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Correct the units of a product (admin)
         * @description What was counted differs from what is on hand: `difference` is what on hand changes by, more or less, and never 0. Units that carts or unpaid orders hold are promised and cannot
         *     be taken away: when fewer units are free than the difference takes, the answer is 409 `insufficient_stock` with how many there are, and nothing has changed.
         *     The same `Idempotency-Key` with the same body makes one adjustment, however often it is sent. While the first request is still at work, it is 409 `request_in_progress`: send it
         *     again a moment later, with the same key. A request that was refused has done nothing: its key may be used again.
         */
        post: operations["adjustStock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/products/{productId}/movements": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the product.
                 * @example 3f8k2m9x7q4t6w1z5c0n
                 */
                productId: components["parameters"]["ProductId"];
            };
            cookie?: never;
        };
        /**
         * List what changed the stock of a product (admin)
         * @description The product's ledger, newest first. It is only ever added to, and all its `units` together are what is on hand. A time filter takes what happened at `from` or later, and before `to`.
         */
        get: operations["listStockMovements"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/products/{productId}/holds": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the product.
                 * @example 3f8k2m9x7q4t6w1z5c0n
                 */
                productId: components["parameters"]["ProductId"];
            };
            cookie?: never;
        };
        /**
         * List what holds the units of a product (admin)
         * @description What is set aside at this moment, and by whom: carts, orders that are not paid yet, and adjustments that are under way. Longest held first. A cart is not shown by its id, which would
         *     open it, but by a label: the same label is the same cart, for every product.
         */
        get: operations["listProductHolds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cart": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: {
                /**
                 * @description The cart of a guest. Browsers send it by themselves, and no script can mend it; so a value that was never given out counts as no cart.
                 * @example 9w3e6r1t8y4q7a2s5d0f
                 */
                holdfast_cart?: components["parameters"]["CartCookie"];
            };
        };
        /**
         * Read the cart
         * @description The cart of the caller, signed in or not, with what is held of each line and until when. Whoever has no cart yet gets an empty one with
         *     `id: null`; reading never makes one and never renews a hold.
         */
        get: operations["getCart"];
        put?: never;
        post?: never;
        /**
         * Empty the cart
         * @description Removes every line and gives all held units back. Emptying an empty cart changes nothing.
         */
        delete: operations["emptyCart"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cart/items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: {
                /**
                 * @description The cart of a guest. Browsers send it by themselves, and no script can mend it; so a value that was never given out counts as no cart.
                 * @example 9w3e6r1t8y4q7a2s5d0f
                 */
                holdfast_cart?: components["parameters"]["CartCookie"];
            };
        };
        get?: never;
        put?: never;
        /**
         * Add units to the cart
         * @description Adds units of a product to what is already in the cart, and sets all units of that line aside at once, for the full time.
         *     All or nothing: when fewer units are left than asked for, the answer is 409 `insufficient_stock` with what there is, and nothing has changed.
         *     A caller without a cart gets one, and the cookie with it; such new carts are limited for each address, and nothing else here is. A repeated call adds again: where an answer may have been lost,
         *     use `setCartItem`, which may be repeated.
         */
        post: operations["addCartItem"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cart/items/{productId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the product.
                 * @example 3f8k2m9x7q4t6w1z5c0n
                 */
                productId: components["parameters"]["ProductId"];
            };
            cookie?: {
                /**
                 * @description The cart of a guest. Browsers send it by themselves, and no script can mend it; so a value that was never given out counts as no cart.
                 * @example 9w3e6r1t8y4q7a2s5d0f
                 */
                holdfast_cart?: components["parameters"]["CartCookie"];
            };
        };
        get?: never;
        /**
         * Set the quantity of a cart line
         * @description Makes the line have exactly this many units, adding it if it is not there, and holds them for the full time. May be repeated: the second call
         *     changes nothing but the time. All or nothing, as with `addCartItem`, and a caller without a cart gets one as there.
         */
        put: operations["setCartItem"];
        post?: never;
        /**
         * Remove a cart line
         * @description Removes the line and gives its units back. Removing a line that is not there changes nothing and is no error.
         */
        delete: operations["removeCartItem"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List your own orders
         * @description The orders of the caller, a page at a time, each with the customer's name and e-mail as they were when it was placed.
         */
        get: operations["listOwnOrders"];
        put?: never;
        /**
         * Place an order
         * @description Turns the cart into an order, or orders the `items` that are listed (the cart is left alone then). All or nothing: either the order exists and holds every
         *     unit, or nothing has changed.
         *
         *     - The total is computed here. Send `expectedTotal`, the total that the customer saw, and another one is refused with 409 `total_changed`.
         *     - When units fell short, the answer is 409 `insufficient_stock` with each such line.
         *     - The same `Idempotency-Key` with the same body gives the same order again. While the first request is still at work, it is 409 `order_in_progress`:
         *       try again a moment later, with the same key.
         *     - An account has at most 5 orders that wait for their money (unless the shop has another setting); a further one is 409 `too_many_unpaid_orders`.
         *     - Pay before `payBefore`; otherwise the units go back on sale.
         *     - A listed product that does not exist or is archived is 409 `product_unavailable`. A product may be listed once only.
         */
        post: operations["placeOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders/{orderId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one order
         * @description One order of the caller; an admin may read any order. An order of somebody else is 404, as one that does not exist.
         */
        get: operations["getOrder"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders/{orderId}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read what happened to an order
         * @description Every step of the order, oldest first: when, from which status to which, who or what did it, and why. What happens to its money and does not change
         *     its status is there too, with `from` equal to `to`.
         */
        get: operations["getOrderTimeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders/{orderId}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel an order
         * @description Its customer may cancel it while nothing is paid; an admin until it is shipped. The units go back on sale, and whatever was paid goes back the way it came.
         *     Cancelling a cancelled order changes nothing and answers the order. Otherwise the answer is 409 `illegal_transition`, whose `details` say where the order
         *     stands and where you may move it. Money that arrives after a cancellation is sent back.
         */
        post: operations["cancelOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List every order (admin)
         * @description All orders, a page at a time. `q` searches the order number and the customer's e-mail, each word from its beginning.
         */
        get: operations["listAllOrders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/orders/{orderId}/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move an order on (admin)
         * @description Sets the status of a paid order along the legal moves: `paid` to `processing` or `shipped`, `processing` to `shipped`, `shipped` to `delivered`. The status
         *     that the order has already changes nothing. Any other move is 409 `illegal_transition`, whose `details` name the legal ones. All other statuses follow from
         *     money, stock and time and cannot be set; to cancel has an operation of its own.
         */
        post: operations["changeOrderStatus"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/orders/{orderId}/payments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Record a payment made outside (admin)
         * @description Counts money that did not come by Razorpay: cash, a bank transfer, a cheque. It settles the order as any other payment does. More than what is due is
         *     409 `amount_not_payable`, an order that waits for no money 409 `order_not_payable`. An order whose units went back on sale takes only all that is due: the units are
         *     taken again if they are there, otherwise the money is to be paid out again.
         *     If a payment by Razorpay that was under way is captured as well, what is too much goes back.
         */
        post: operations["recordOutsidePayment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/orders/{orderId}/refunds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Refund an order in whole or in part (admin)
         * @description Gives money back: all that can be refunded, or `amount` of it; from one payment (`paymentId`) or from several, the newest first. Razorpay's payments go back by
         *     Razorpay at once (`requested`, then `pending`, then `processed`); money that came from outside is `to_be_paid_out` until somebody has done so and says it
         *     (`confirmRefundPayout`). More than what is left of the payments is 409 `refund_exceeds_paid`.
         *
         *     What was paid too much goes back by itself, first. What is refunded of an order that is paid comes on top, and is not taken back from a second payment.
         *     Money that has just come is settled before anything is refunded; where that cannot be done at the moment, the answer is 503.
         *
         *     The status of the order stays. A refund takes no units back on sale by itself: cancel the order for that, or receive the units when the goods
         *     have come back.
         */
        post: operations["refundOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders/{orderId}/payments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start a payment
         * @description Prepares a payment of all that is due, or of a part of it (`amount`), and gives what Razorpay's checkout needs. While an earlier payment of the same amount is still
         *     open, that one is given again (200), so a reloaded page does not start a second one.
         *     An order that waits for no money is 409 `order_not_payable`; an amount that is more than what is due, or less than the gateway takes, is 409 `amount_not_payable`.
         */
        post: operations["startPayment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List your own payments
         * @description The payments of the caller's orders, newest first, a page at a time.
         */
        get: operations["listOwnPayments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments/{paymentId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one payment
         * @description One payment of the caller's orders; an admin may read any payment. One of somebody else is 404, as one that does not exist.
         */
        get: operations["getPayment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/payments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List every payment (admin)
         * @description All payments, a page at a time. `q` searches the order's number, Razorpay's payment id, the reference and the customer's e-mail, each word from its beginning.
         */
        get: operations["listAllPayments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/refunds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List refunds (admin)
         * @description Every refund that was decided, by an admin or by the shop's own rules (too much money, money for nothing), and those that were made in Razorpay's dashboard (their reason
         *     says so); newest first, a page at a time.
         */
        get: operations["listRefunds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/refunds/{refundId}/payout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say that a refund was paid out (admin)
         * @description For money that cannot go back by Razorpay: what came from outside or is too little (`to_be_paid_out`), or what Razorpay could not refund (`failed`). Pay it out first;
         *     from then on it counts as refunded. The same confirmation again changes nothing; any other one, and a refund in another state, is 409 `refund_not_open`.
         */
        post: operations["confirmRefundPayout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/refunds/{refundId}/withdrawal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Withdraw a refund that Razorpay refuses (admin)
         * @description The way out for a refund that stays `requested`, since Razorpay goes on refusing it (`lastError` says why): its payment is too old, say. Razorpay is asked first, and all
         *     that it knows of the payment's refunds is taken in; a refund that it has made, or of whose last try nothing is known, is not withdrawn (409
         *     `refund_not_withdrawable`, with the reason). Then it is never sent again, and is what `next` says:
         *
         *     - `to_be_paid_out`: pay it out yourself, and say so with `confirmRefundPayout`. Its amount stays decided until then. Refused where the money of its payment has gone back in
         *       another way meanwhile (in Razorpay's dashboard, say). Until it is paid out it can still be withdrawn for good.
         *     - `withdrawn`: its amount can be refunded anew (`refundOrder`), from another payment too. Where the order has to give the money back (it is cancelled, or was paid too
         *       much) the shop decides that by itself at once, and asks Razorpay again: take `to_be_paid_out` for those.
         *
         *     What is refunded in Razorpay's dashboard instead appears as a refund of its own; withdraw ours before you do that. The same withdrawal again changes nothing.
         */
        post: operations["withdrawRefund"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm a finished checkout
         * @description Send the three values that Razorpay's checkout handed to your page. A true signature settles the payment at once, and the answer says where the
         *     order stands. It may be repeated, and it does not matter whether Razorpay's own message came first: a payment counts once.
         *     If the customer closes the page before this call, nothing is lost: the payment is settled by Razorpay's message or by our own enquiry.
         */
        post: operations["verifyPayment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/razorpay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Receive an event from Razorpay
         * @description For Razorpay only: its signature is the key to this door. An event is stored once, however often it is sent, answered at once, and worked off right after.
         *     Events that we have no use for are stored and answered 200 too. A wrong signature is 400 and stores nothing. The body may be up to 1 MB and may hold any
         *     fields: it is Razorpay's to shape, which is why this schema alone is open.
         */
        post: operations["receiveRazorpayWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Write to the shop
         * @description Takes a message from anybody, with or without an account, and sends the shop a notice by mail.
         */
        post: operations["submitContact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List messages to the shop (admin)
         * @description All messages, a page at a time. All filters given must hold. A search looks at name, e-mail address, phone number and the message itself.
         */
        get: operations["listContacts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/contacts/{contactId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the message.
                 * @example 1c4t6m9p2z5s8y0w3b7f
                 */
                contactId: components["parameters"]["ContactId"];
            };
            cookie?: never;
        };
        /**
         * Read a message to the shop (admin)
         * @description One message, with its version (needed to change it), and who handled it.
         */
        get: operations["getContact"];
        put?: never;
        post?: never;
        /**
         * Delete a message (admin)
         * @description Erases the message for good.
         */
        delete: operations["deleteContact"];
        options?: never;
        head?: never;
        /**
         * Mark a message as handled (admin)
         * @description Says that the message is handled, by whoever calls, or that it is open again. `version` is the one that you read; if the message was changed in the
         *     meantime, the answer is 409 `version_conflict`.
         */
        patch: operations["updateContact"];
        trace?: never;
    };
    "/v1/admin/webhook-events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Razorpay's events (admin)
         * @description What Razorpay has sent, newest first, a page at a time: whether it was worked off, and what came of it. `q` searches Razorpay's ids of the payment, the order and
         *     the refund that the event is about, each word from its beginning.
         */
        get: operations["listWebhookEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/webhook-events/{eventId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one of Razorpay's events (admin)
         * @description One event with its body as it was sent.
         */
        get: operations["getWebhookEvent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/webhook-events/{eventId}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Work one of Razorpay's events off again (admin)
         * @description The event is worked off anew, right after the answer. That does no harm however often it is done: what an event says is counted once, and older news never
         *     undoes newer.
         */
        post: operations["replayWebhookEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/reconciliation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Explain the numbers of stock and money (admin)
         * @description Background jobs compare every product (each ten minutes) and every order (each hour) with the rows that they follow from. This report has the counts of their last walk, and an account of each product
         *     and order in which something is to be explained: what nothing explains first, then what an admin has to act on, then what is on its way. Each account is taken anew for this
         *     answer. With `productId` or `orderId` it is the account of that one alone, also where all is in balance.
         *     - A product: on hand = available + held, but for receipts that are not on sale yet and for paid orders whose hold is not deleted yet. What remains is `drift`.
         *       On hand itself is the sum of the movements (`ledger`); what remains is `ledgerDrift`.
         *     - An order: its sums and its payment status follow from its payments and refunds, and a paid order has a sale of each of its lines.
         */
        get: operations["getReconciliation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/reconciliation/repairs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the repairs of stock (admin)
         * @description Every repair that was made, the newest first, by the job or by an admin, with what the number was before and after it.
         */
        get: operations["listStockRepairs"];
        put?: never;
        /**
         * Repair stock that nothing explains (admin)
         * @description Sets what is available to what on hand and the holds say, where nothing explains the difference: for the products named, or for those that the last walk found. Only a
         *     picture that is still true is written; a product that moves meanwhile is left as it is. With `rebuildOnHand`, on hand is first counted again from its movements.
         *     Each repair leaves a trace. A product in balance is not touched, so the request may be repeated freely.
         */
        post: operations["repairReconciliation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/mails": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List mails (admin)
         * @description All mails, a page at a time. `q` searches the recipient's address, each word from its beginning.
         */
        get: operations["listMails"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/mails/{mailId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Look at a mail (admin)
         * @description A mail with what it says. What only its recipient may know, such as a link that sets a new password, is not in the preview. Show its HTML in a sandboxed frame
         *     (`<iframe sandbox srcdoc>`): it has no scripts and loads nothing.
         */
        get: operations["getMail"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/mails/{mailId}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a mail again that could not be sent (admin)
         * @description Puts a mail that was given up, or whose last attempt failed, first in the queue, with all its attempts before it. A mail that was sent, is being sent, or waits for its first
         *     attempt is 409 `mail_not_retryable`, so a second click sends nothing twice.
         */
        post: operations["retryMail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/orders/{orderId}/shipments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ship an order, or a part of it (admin)
         * @description Records what is sent: all that is left of the order, or the listed `items`. Never more of a line than was ordered, over all shipments together. The customer gets
         *     a mail with carrier and tracking number, and the order becomes `processing` (something is left) or `shipped`. From then on it cannot be cancelled.
         *
         *     - Only an order that is `paid`, `processing` or `shipped` and whose money has not gone back: otherwise 409 `order_not_shippable`.
         *     - More of a line than what is left, or a product that the order does not have, is 409 `lines_not_shippable` with each such line.
         *     - A tracking number that another shipment has is 409 `tracking_number_taken`.
         *     - The same `Idempotency-Key` with the same body gives the same shipment again.
         */
        post: operations["createShipment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/shipments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List every shipment (admin)
         * @description All shipments, a page at a time. `q` searches the tracking number and the order number, each word from its beginning.
         */
        get: operations["listAllShipments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shipments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List your own shipments
         * @description What has been sent to the caller, a page at a time. An order or tracking number of somebody else finds nothing.
         */
        get: operations["listOwnShipments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shipments/{trackingNumber}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Track a shipment
         * @description One shipment by its tracking number, in any capitals: of the caller, or any for an admin. One of somebody else is 404, as one that does not exist.
         */
        get: operations["getShipment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/shipments/{shipmentId}/checkpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Record where a shipment is (admin)
         * @description Adds a checkpoint; none is ever changed or taken away. They may come late and in any order: the list is sorted by time, and the latest by time is the status. The same
         *     checkpoint (status, time, place, note) again changes nothing, so a request may be sent twice.
         *     The first `delivered` tells the customer, and when each shipment of an order that was sent whole has one, the order is `delivered`. An order never goes back: a
         *     parcel that is `returned` afterwards is a matter of the shipment alone.
         *     A time before the order was placed, or more than 15 minutes ahead, is 400. A shipment takes 100 checkpoints; a further one is 409 `checkpoints_full`.
         */
        post: operations["addCheckpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/job-runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List runs of the background jobs (admin)
         * @description The last runs of the jobs, newest first: how many rows each looked at and changed, and what failed, row by row. A failure of one row never stops a run.
         */
        get: operations["listJobRuns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Is the process alive?
         * @description Answers as long as the process can answer at all. It asks nobody else, so restart the process when this fails, and only then.
         */
        get: operations["getLiveness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Can it serve requests?
         * @description Asks the database and Redis whether they would take the writes of a purchase; nothing is written. Send traffic while this is 200; 503 says which of them is not able to, and `reasons` why, as far as they say it.
         *     A server that is shutting down says 503 too.
         */
        get: operations["getReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Metrics for Prometheus
         * @description Counters and timings of this process, in the text format of Prometheus. Needs the operator's own token (the setting METRICS_TOKEN), not an account.
         */
        get: operations["getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * This document, as JSON
         * @description The contract in one file (OpenAPI 3.1).
         */
        get: operations["getOpenApiJson"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.yaml": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * This document, as YAML
         * @description The contract in one file (OpenAPI 3.1).
         */
        get: operations["getOpenApiYaml"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi-3.0.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * This document, for tools that know OpenAPI 3.0 only
         * @description The same contract as OpenAPI 3.0.3, for SDK generators that do not read 3.1 yet. Roles, which 3.0 cannot state in `security`, are in `x-roles`.
         */
        get: operations["getOpenApi30"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * These pages
         * @description The first page of the documentation, to read in a browser. Guides, reference, search and a form to try every operation; none of it loads anything from elsewhere.
         */
        get: operations["getDocumentation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The way to these pages
         * @description Whoever writes `/docs/` is sent to `/docs`.
         */
        get: operations["redirectToDocumentation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs/{part}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One of these pages
         * @description A guide, a page of the reference, or what the pages are drawn with. Links lead to all of them from `/docs`.
         *
         *     A browser (`Accept: text/html`) that goes where nothing is, at any address below `/docs`, gets a 404 with a page that leads on; programs get the usual error.
         */
        get: operations["getDocumentationPart"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description Opaque. It means nothing but itself. */
        Id: string;
        /** @description Whatever a browser sends back. */
        CookieValue: string;
        /**
         * Format: int64
         * @description An amount in minor units (paise, cents) of the shop's currency.
         */
        MinorUnits: number;
        /**
         * Format: int32
         * @description A number of units of a product.
         */
        Units: number;
        /**
         * Format: int32
         * @description A number of units to buy.
         */
        Quantity: number;
        /**
         * Format: int32
         * @description How many.
         */
        Count: number;
        /**
         * Format: int32
         * @description Grows with every change. Send the one that you read when you change something.
         */
        Version: number;
        /** Format: email */
        Email: string;
        /** @description Digits, with spaces, brackets and hyphens as people write them; `+` and the country's number first. */
        Phone: string;
        /** @description As `Phone`; null for none. */
        PhoneOrNone: string | null;
        /** @description A name, in any script. Not blank, no control characters. */
        PersonName: string;
        /** @description At least 8 characters, at most 72 bytes of UTF-8. No control characters. */
        ChosenPassword: string;
        /** @description The password of the account. */
        Password: string;
        /** @description What stands behind `#token=` in the link of the mail. */
        ResetToken: string;
        /** @description Plain text, lines and all. Not blank. */
        MessageText: string;
        /** @description What the product is called. Not blank, no control characters. */
        ProductName: string;
        /** @description Plain text, lines and all. May be empty. */
        ProductDescription: string;
        /** @description The category of a product, in the words of the shop. Not blank, no control characters. */
        CategoryName: string;
        /** @description The article number of the shop. */
        Sku: string;
        /** @description Words, with spaces between them. No control characters. */
        SearchWords: string;
        /** @description One line of an address. Not blank, no control characters. */
        AddressLine: string;
        PostalCode: string;
        /** @description Two capital letters (ISO 3166-1), such as `IN`. */
        CountryCode: string;
        /** @description Three capital letters (ISO 4217), such as `INR`. */
        CurrencyCode: string;
        IdempotencyKey: string;
        /** @description What the picture shows, for those who cannot see it. May be empty. No control characters. */
        AltText: string;
        /**
         * Format: date-time
         * @description A time in UTC, to the second or finer.
         */
        UtcTime: string;
        /** @description Why, in the words of the shop. Not blank, no control characters. */
        StockReason: string;
        /** @description What it is called elsewhere, such as the number of a delivery note. Not blank, no control characters. */
        StockReference: string;
        /** @description What people call the order. It can be searched for; operations take the id. */
        OrderNumber: string;
        /** @description Why, for people, in one line. Not blank, no control characters. */
        Reason: string;
        /** @description What the money can be found by, such as the number of a bank transfer. Not blank, no control characters. */
        Reference: string;
        /**
         * Format: date-time
         * @description A moment in UTC, such as `2026-03-14T09:30:00Z`.
         */
        Moment: string;
        /** @description How it was paid, in small letters. */
        PaymentMethod: string;
        /** @description A type of event, as Razorpay calls it. */
        WebhookEventType: string;
        /** @description The name of a page such as `quick-start`, or of a file such as `site.css`. */
        DocumentationPart: string;
        HeaderText: string;
        KnownETags: string;
        RazorpayOrderId: string;
        RazorpayPaymentId: string;
        /** @description Hex HMAC-SHA256. */
        Signature: string;
        /** @enum {string} */
        Role: "user" | "admin";
        /**
         * @description What went wrong, for programs. Each code always has the same HTTP status. Codes are added as the API grows: take one that you do not know for what
         *     its status says.
         * @enum {string}
         */
        ErrorCode: "validation_failed" | "malformed_json" | "malformed_request" | "signature_invalid" | "reset_token_invalid" | "unauthenticated" | "invalid_credentials" | "forbidden" | "origin_not_allowed" | "account_blocked" | "wrong_password" | "not_found" | "method_not_allowed" | "request_timeout" | "email_taken" | "own_account" | "addresses_full" | "sku_taken" | "version_conflict" | "insufficient_stock" | "total_changed" | "cart_busy" | "cart_empty" | "cart_full" | "product_unavailable" | "order_not_payable" | "amount_not_payable" | "order_in_progress" | "too_many_unpaid_orders" | "illegal_transition" | "refund_exceeds_paid" | "refund_not_open" | "refund_not_withdrawable" | "order_not_shippable" | "lines_not_shippable" | "tracking_number_taken" | "checkpoints_full" | "request_in_progress" | "mail_not_retryable" | "images_full" | "payload_too_large" | "uri_too_long" | "unsupported_media_type" | "expectation_failed" | "idempotency_key_reused" | "rate_limited" | "headers_too_large" | "internal_error" | "service_unavailable";
        /** @enum {string} */
        ProductSort: "newest" | "price" | "-price" | "name";
        /** @enum {string} */
        OrderSort: "newest" | "oldest" | "-total" | "total";
        /** @enum {string} */
        UserSort: "newest" | "oldest" | "name" | "email";
        /** @enum {string} */
        ContactSort: "newest" | "oldest";
        /**
         * @description `pending` waits for money. `pending_stock_rolledback` was not paid in time, `failed_stock_rolledback` failed; the units of both are back on sale.
         * @enum {string}
         */
        OrderStatus: "pending" | "paid" | "processing" | "shipped" | "delivered" | "cancelled" | "failed" | "pending_stock_rolledback" | "failed_stock_rolledback";
        /**
         * @description Computed from the money that arrived and went back, never set by hand. `pending`: nothing has arrived. `partially_paid`: something has, and less than the total; none of it went
         *     back. `completed`: the total has arrived and is kept (what was paid too much may have gone back). `partially_refunded`: so much went back that less than the total is kept.
         *     `refunded`: all that arrived went back. A refund counts once Razorpay has accepted it, or an admin has paid it out.
         * @enum {string}
         */
        PaymentStatus: "pending" | "partially_paid" | "completed" | "partially_refunded" | "refunded";
        /**
         * @description `razorpay`, or `outside` for money that an admin has recorded.
         * @enum {string}
         */
        PaymentGateway: "razorpay" | "outside";
        /** @enum {string} */
        ImageRendition: "full" | "thumbnail";
        /**
         * @description `authorized` is promised by the bank and not ours yet; `captured` is ours; `refunded` has gone back in whole; `returned` was never captured and went back by itself. A
         *     `failed` payment may still come through.
         * @enum {string}
         */
        PaymentState: "created" | "authorized" | "captured" | "refunded" | "returned" | "failed";
        /** @enum {string} */
        PaymentSort: "newest" | "oldest" | "amount" | "-amount";
        /** @enum {string} */
        OutsideMethod: "cash" | "bank_transfer" | "cheque" | "other";
        /**
         * @description `requested` is decided and on its way to Razorpay, `pending` is accepted there, `processed` has gone back. `to_be_paid_out` waits for an admin to pay it out, since its
         *     money came from outside, since it is less than Razorpay sends (1.00), or since it was taken off its way there. `failed`: Razorpay could not do it; an admin has to pay it
         *     out. `withdrawn`: it is not made, and its amount can be refunded anew.
         * @enum {string}
         */
        RefundState: "requested" | "pending" | "processed" | "failed" | "to_be_paid_out" | "withdrawn";
        /**
         * @description `to_be_paid_out`: an admin pays it out by hand. `withdrawn`: it is not made, and its amount is free again.
         * @enum {string}
         */
        RefundNext: "to_be_paid_out" | "withdrawn";
        /**
         * @description `received` waits to be worked off (a moment, usually). `failing` could not be worked off, `lastError` says why; it is tried again at `nextAttemptAt`, however long that takes.
         *     `done` is worked off, and `verdict` says what came of it.
         * @enum {string}
         */
        WebhookEventState: "received" | "failing" | "done";
        /** @enum {string} */
        OrderStage: "processing" | "shipped" | "delivered";
        /**
         * @description `receipt`: units arrived. `return`: sold units came back. `adjustment`: an admin corrected the number. `sale`: an order was paid.
         * @enum {string}
         */
        StockMovementKind: "receipt" | "return" | "adjustment" | "sale";
        /** @enum {string} */
        HolderKind: "cart" | "order" | "adjustment";
        /**
         * @description `short`: fewer units are left than the line has. `not_held`: the hold has lapsed; set the line again to take the units anew. `price_changed`: the price is another one
         *     than when the product was added; the line shows the new one. `archived`: not for sale any more; remove the line.
         * @enum {string}
         */
        CartProblem: "short" | "not_held" | "price_changed" | "archived";
        /** @description Who carries it. */
        CarrierName: string;
        /** @description The carrier's number of a parcel. Capitals do not matter. */
        TrackingNumber: string;
        /** @description A line for the customer. Not blank, no control characters. */
        ShipmentNote: string;
        /** @description Where it was. */
        CheckpointPlace: string;
        /** @enum {string} */
        ShipmentSort: "newest" | "oldest";
        /**
         * @description `created` until its first checkpoint; then that of the latest one by time.
         * @enum {string}
         */
        ShipmentStatus: "created" | "in_transit" | "out_for_delivery" | "exception" | "delivered" | "returned";
        /**
         * @description `exception`: something is in the way (address, customs, damage). `returned`: it is back with the shop.
         * @enum {string}
         */
        CheckpointStatus: "in_transit" | "out_for_delivery" | "exception" | "delivered" | "returned";
        /**
         * @description How much of an order has been sent.
         * @enum {string}
         */
        Fulfilment: "none" | "partial" | "full";
        /**
         * @description `line_full`: the line has as many units as one may have. `cart_full`: the cart has as many lines as one may have.
         * @enum {string}
         */
        CartLeftOutReason: "line_full" | "cart_full";
        /** @enum {string} */
        ActorKind: "customer" | "admin" | "system" | "gateway";
        /**
         * @description `queued` waits for its attempt: the first one, or the next one after a failure (then `isRetrying` is true and `lastError` says why). `sending` is being handed to SES at this
         *     moment. `sent` was taken by SES. `dead` was given up: SES has refused it for good, or 24 attempts (about a day) have failed; `retryMail` begins anew.
         * @enum {string}
         */
        MailState: "queued" | "sending" | "sent" | "dead";
        /**
         * @description What a mail is about. `contact_notice` and `admin_notice` go to the shop itself.
         * @enum {string}
         */
        MailKind: "welcome" | "password_reset" | "order_confirmation" | "payment_received" | "refund" | "refund_done" | "order_cancelled" | "shipment_sent" | "shipment_delivered" | "contact_notice" | "admin_notice";
        /** @enum {string} */
        MailSort: "newest" | "oldest";
        /**
         * @description `balanced`: all is as it must be. `in_flight`: a difference that is on its way to settle by itself. `needs_action`: it is known why, and an admin has to act.
         *     `unexplained`: nothing explains the difference.
         * @enum {string}
         */
        BalanceState: "balanced" | "in_flight" | "needs_action" | "unexplained";
        /**
         * @description Of a product: `available_drifts` and `on_hand_drifts` (nothing explains the difference), `order_holds_missing` (pending orders hold fewer units than they are for),
         *     `receipt_not_applied` and `hold_not_deleted` (on their way), `moving` (it changed while it was looked at).
         *     Of an order: `money_miscounted` (the sums are not those of its payments and refunds), `payment_status_wrong`, `sale_missing`, `sale_unexpected`, `money_kept` (more than it may
         *     keep, and no refund is decided), `refund_stuck` (refused again and again), `refund_failed` and `payout_waiting` (an admin pays it out), `over_refunded` (money went back
         *     by two ways: ask for one of them), `unsettled` (its next step is due).
         * @enum {string}
         */
        FindingKind: "available_drifts" | "on_hand_drifts" | "order_holds_missing" | "receipt_not_applied" | "hold_not_deleted" | "moving" | "money_miscounted" | "payment_status_wrong" | "sale_missing" | "sale_unexpected" | "money_kept" | "refund_stuck" | "refund_failed" | "payout_waiting" | "over_refunded" | "unsettled";
        /**
         * @description `available` in Redis, or `on_hand` in the database.
         * @enum {string}
         */
        RepairedNumber: "available" | "on_hand";
        /** @enum {string} */
        HealthState: "ok" | "unavailable";
        /**
         * @description `no_answer`: it is away, or slow. `no_primary`: MongoDB has elected none, or a member was named that is none. `read_only`: Redis is a replica. `not_saving`: Redis could not save its data, and takes no more. `out_of_memory`: Redis is full.
         *     `too_few_replicas`: fewer replicas of Redis are there than it is told to ask for. `loading`: Redis reads its data, or waits for its primary. `busy`: Redis runs a script of somebody that does not end.
         *     `not_allowed`: Redis does not let the user of the settings do what is needed. `stopping`: this server shuts down.
         * @enum {string}
         */
        UnreadyReason: "no_answer" | "no_primary" | "read_only" | "not_saving" | "out_of_memory" | "too_few_replicas" | "loading" | "busy" | "not_allowed" | "stopping";
        /**
         * @description `stock-rollback` ends orders that were not paid in time, in whole or in part, and gives their units back. `stock-sweep` gives back what carts no longer hold and finishes what a crash left.
         *     `stock-reconcile` compares the stock in Redis with the database. `mail` sends mails. `webhook-inbox` works off Razorpay's events. `payment-reconcile` asks Razorpay about open payments.
         *     `order-reconcile` compares the sums of every order with its payments, its refunds and its sales.
         *     `image-sweep` deletes the bytes of images that no product shows.
         * @enum {string}
         */
        JobName: "stock-rollback" | "stock-sweep" | "stock-reconcile" | "mail" | "webhook-inbox" | "payment-reconcile" | "order-reconcile" | "image-sweep";
        /**
         * @description `failed` means that the run, or at least one of its rows, failed; the others were still done.
         * @enum {string}
         */
        JobOutcome: "running" | "ok" | "failed";
        Money: {
            /**
             * Format: int64
             * @description Minor units (paise, cents). 129900 is 1,299.00 rupees.
             */
            amount: number;
            currency: components["schemas"]["CurrencyCode"];
        };
        /** @description The price of one unit, in the currency of the shop. Nothing is for free; an order of nothing to pay could never be paid. */
        Price: {
            /**
             * Format: int64
             * @description Minor units (paise, cents) of the shop's currency.
             */
            amount: number;
            currency: components["schemas"]["CurrencyCode"];
        };
        Pagination: {
            /**
             * Format: int32
             * @description This page, from 1.
             */
            page: number;
            /**
             * Format: int32
             * @description How many rows a page has at most.
             */
            limit: number;
            /**
             * Format: int32
             * @description How many rows match in all, counted up to the 10,000 that can be paged to: 10000 means that many or more. A search by words
             *     (`q`) is counted only up to the first full hundred behind this page: there each full hundred means that many or more, and
             *     `pages` grows with it on the way to the last page. From 1,000 on it may be 5 seconds old.
             */
            total: number;
            pages: components["schemas"]["Count"];
        };
        /** @description The one shape of every error. */
        ApiError: {
            /** @description Always false. */
            success: boolean;
            /** @description What went wrong, for people. */
            message: string;
            code: components["schemas"]["ErrorCode"];
            /** @description Finds the request in our logs. */
            requestId: string;
            /** @description More about the cause. Reserved, today's server never sends it. */
            error?: string;
            /** @description Field by field what is wrong with the request. */
            errors?: components["schemas"]["FieldError"][];
            details?: components["schemas"]["ErrorDetails"];
        };
        FieldError: {
            /** @description Where, for example `/body/items/0/quantity` or `/query/limit`. */
            path: string;
            /** @description The rule that is broken, for example `required`, `maxLength`, `pattern`. */
            code: string;
            /** @description What is wrong, for people. */
            message: string;
        };
        /** @description What a program needs to go on. */
        ErrorDetails: {
            /** @description The lines concerned (with `insufficient_stock`, `product_unavailable`, `lines_not_shippable`), with what there is for each. */
            lines?: components["schemas"]["StockShortfall"][];
            /** @description The total as it is now (with `total_changed`). */
            total?: components["schemas"]["Money"];
            /** @description The status that the order has (with `illegal_transition` and `order_not_shippable`). */
            status?: components["schemas"]["OrderStatus"];
            /** @description The statuses that you may move the order to from there (with `illegal_transition`). Empty where there is none. */
            legal?: components["schemas"]["OrderStatus"][];
            /** @description What can still be paid (with `amount_not_payable`, where it is the amount that is wrong). */
            due?: components["schemas"]["Money"];
            /** @description What can still be refunded (with `refund_exceeds_paid`). */
            refundable?: components["schemas"]["Money"];
        };
        StockShortfall: {
            productId: components["schemas"]["Id"];
            requested: components["schemas"]["Units"];
            /** @description What the caller can have of it. With `lines_not_shippable`, the units of the order that are left to ship; that has nothing to do with what is on sale. */
            available: components["schemas"]["Units"];
        };
        Registration: {
            name: components["schemas"]["PersonName"];
            email: components["schemas"]["Email"];
            password: components["schemas"]["ChosenPassword"];
            phone?: components["schemas"]["Phone"];
        };
        Credentials: {
            email: components["schemas"]["Email"];
            password: components["schemas"]["Password"];
        };
        AccessToken: {
            token: string;
            tokenType: components["schemas"]["TokenType"];
            /** Format: date-time */
            expiresAt: string;
        };
        /** @enum {string} */
        TokenType: "Bearer";
        User: {
            id: components["schemas"]["Id"];
            name: string;
            email: string;
            phone: string | null;
            role: components["schemas"]["Role"];
            /** Format: date-time */
            createdAt: string;
        };
        PasswordResetRequest: {
            email: components["schemas"]["Email"];
        };
        /** @description Always the same. */
        PasswordResetReceipt: {
            /** @description Always true. */
            accepted: boolean;
        };
        PasswordReset: {
            token: components["schemas"]["ResetToken"];
            password: components["schemas"]["ChosenPassword"];
        };
        /** @description What is to be changed. */
        ProfileChange: {
            name?: components["schemas"]["PersonName"];
            phone?: components["schemas"]["PhoneOrNone"];
        };
        PasswordChange: {
            currentPassword: components["schemas"]["Password"];
            newPassword: components["schemas"]["ChosenPassword"];
        };
        AddressEntry: {
            address: components["schemas"]["Address"];
            /** @description `true` makes it the default one instead of any other. Left out, it is not. */
            isDefault?: boolean;
        };
        SavedAddress: {
            id: components["schemas"]["Id"];
            /** @description The one to propose first. At most one is. */
            isDefault: boolean;
            address: components["schemas"]["Address"];
        };
        AddressBook: {
            data: components["schemas"]["SavedAddress"][];
        };
        /** @description An account as admins see it. */
        AdminUser: {
            id: components["schemas"]["Id"];
            name: string;
            email: string;
            phone: string | null;
            role: components["schemas"]["Role"];
            /** @description It cannot sign in. */
            blocked: boolean;
            version: components["schemas"]["Version"];
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            /**
             * Format: date-time
             * @description When a password last opened it; null before the first time. Registering counts as one.
             */
            lastSignInAt: string | null;
        };
        UserPage: {
            data: components["schemas"]["AdminUser"][];
            pagination: components["schemas"]["Pagination"];
        };
        /** @description The version that you read, and what is to be changed. */
        UserChange: {
            version: components["schemas"]["Version"];
            name?: components["schemas"]["PersonName"];
            phone?: components["schemas"]["PhoneOrNone"];
            role?: components["schemas"]["Role"];
            /** @description `true` ends its sessions and lets it sign in no more; `false` lets it in again. */
            blocked?: boolean;
        };
        ContactMessage: {
            name: components["schemas"]["PersonName"];
            email: components["schemas"]["Email"];
            phone?: components["schemas"]["Phone"];
            message: components["schemas"]["MessageText"];
        };
        ContactReceipt: {
            id: components["schemas"]["Id"];
            /** Format: date-time */
            createdAt: string;
        };
        /** @description A message to the shop. */
        Contact: {
            id: components["schemas"]["Id"];
            name: string;
            email: string;
            phone: string | null;
            message: string;
            handled: boolean;
            /** Format: date-time */
            handledAt: string | null;
            /** @description The id of the admin who handled it. */
            handledBy: string | null;
            version: components["schemas"]["Version"];
            /** Format: date-time */
            createdAt: string;
        };
        ContactPage: {
            data: components["schemas"]["Contact"][];
            pagination: components["schemas"]["Pagination"];
        };
        /** @description The version that you read, and whether it is handled. */
        ContactChange: {
            version: components["schemas"]["Version"];
            handled: boolean;
        };
        Product: {
            id: components["schemas"]["Id"];
            sku: string;
            name: string;
            description: string;
            category: string;
            price: components["schemas"]["Money"];
            /** @description Units that can be bought at this moment. */
            available: components["schemas"]["Units"];
            /** @description The pictures, the first to be shown first. */
            images: components["schemas"]["ProductImage"][];
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        ProductImage: {
            id: components["schemas"]["Id"];
            /** @description What it shows; empty when nobody said. */
            alt: string;
            /** @description The picture, at most 2000 by 2000 pixels. A path on this server. */
            url: string;
            /** @description The picture, at most 400 by 400 pixels. A path on this server. */
            thumbnailUrl: string;
            /**
             * Format: int32
             * @description Of what is at `url`, in pixels.
             */
            width: number;
            /** Format: int32 */
            height: number;
        };
        ImageUpload: {
            /**
             * Format: binary
             * @description The file.
             */
            image: Uint8Array;
            alt?: components["schemas"]["AltText"];
        };
        ImageOrder: {
            /** @description Every image of the product, each once. */
            imageIds: components["schemas"]["Id"][];
            version?: components["schemas"]["Version"];
        };
        ProductPage: {
            data: components["schemas"]["Product"][];
            pagination: components["schemas"]["Pagination"];
        };
        CategoryList: {
            data: components["schemas"]["Category"][];
        };
        /** @description A category that has something for sale. */
        Category: {
            /** @description What it is called, as its products say it. `category` in the query of `listProducts` takes exactly this. */
            name: string;
            /** @description How many products of it are for sale. */
            products: components["schemas"]["Count"];
        };
        /** @description Where the units of a product are: `onHand` is `available` and `held` together, and `held` is `carts`, `orders` and `adjustments` together. */
        StockLevel: {
            /** @description Units that the shop has. */
            onHand: components["schemas"]["Units"];
            /** @description Units that can be bought at this moment. */
            available: components["schemas"]["Units"];
            /** @description Units that are set aside. */
            held: components["schemas"]["Units"];
            /** @description Units set aside by carts. */
            carts: components["schemas"]["Units"];
            /** @description Units set aside by orders that are not paid yet. */
            orders: components["schemas"]["Units"];
            /** @description Units that an adjustment is taking away at this moment. */
            adjustments: components["schemas"]["Units"];
        };
        AdminProduct: {
            id: components["schemas"]["Id"];
            sku: string;
            name: string;
            description: string;
            category: string;
            price: components["schemas"]["Money"];
            /** @description Units that can be bought at this moment. */
            available: components["schemas"]["Units"];
            /** @description The pictures, the first to be shown first. */
            images: components["schemas"]["ProductImage"][];
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            /** @description Not for sale any more. */
            archived: boolean;
            version: components["schemas"]["Version"];
            stock: components["schemas"]["StockLevel"];
        };
        AdminProductPage: {
            data: components["schemas"]["AdminProduct"][];
            pagination: components["schemas"]["Pagination"];
        };
        ProductCreation: {
            sku: components["schemas"]["Sku"];
            name: components["schemas"]["ProductName"];
            description?: components["schemas"]["ProductDescription"];
            category: components["schemas"]["CategoryName"];
            price: components["schemas"]["Price"];
            /**
             * Format: int32
             * @description Units that are there to begin with. Left out, none.
             */
            stock?: number;
        };
        /** @description The version that you read, and what is to be changed. */
        ProductChange: {
            version: components["schemas"]["Version"];
            name?: components["schemas"]["ProductName"];
            description?: components["schemas"]["ProductDescription"];
            category?: components["schemas"]["CategoryName"];
            price?: components["schemas"]["Price"];
            /** @description `true` takes it off sale, `false` puts it back. */
            archived?: boolean;
        };
        StockReceipt: {
            /**
             * Format: int32
             * @description How many have arrived.
             */
            units: number;
            reason: components["schemas"]["StockReason"];
            reference?: components["schemas"]["StockReference"];
        };
        StockAdjustment: {
            /**
             * Format: int32
             * @description What on hand changes by. Not 0.
             */
            difference: number;
            reason: components["schemas"]["StockReason"];
        };
        StockMovement: {
            id: components["schemas"]["Id"];
            productId: components["schemas"]["Id"];
            kind: components["schemas"]["StockMovementKind"];
            /**
             * Format: int32
             * @description What on hand changed by; below zero when units left.
             */
            units: number;
            /** @description On hand after it. */
            onHand: components["schemas"]["Units"];
            /** @description Why, for people. */
            reason: string;
            /** @description What it is called elsewhere; null when nothing was said. */
            reference: string | null;
            actor: components["schemas"]["Actor"];
            /** @description The order, for a sale or a return; otherwise null. */
            orderId: string | null;
            /** Format: date-time */
            at: string;
        };
        StockMovementPage: {
            data: components["schemas"]["StockMovement"][];
            pagination: components["schemas"]["Pagination"];
        };
        /** @description A movement, and where the units are at this moment. */
        StockChange: {
            movement: components["schemas"]["StockMovement"];
            stock: components["schemas"]["StockLevel"];
        };
        /** @description Units that one holder has set aside. Exactly one of `cart`, `order` and `adjustment` says who, as `kind` tells; it is null of an order that is just being placed. */
        ProductHold: {
            kind: components["schemas"]["HolderKind"];
            units: components["schemas"]["Units"];
            /**
             * Format: date-time
             * @description Since when units have been set aside; null when that is not known any more.
             */
            since: string | null;
            /**
             * Format: date-time
             * @description When they go back on sale if a cart is not touched, or an order not paid; null when they do not go back by themselves.
             */
            lapsesAt: string | null;
            /** @description A label for the cart. Not its id. */
            cart: string | null;
            order: components["schemas"]["HoldingOrder"] | null;
            adjustment: components["schemas"]["HoldingAdjustment"] | null;
        };
        HoldingOrder: {
            id: components["schemas"]["Id"];
            number: components["schemas"]["OrderNumber"];
            status: components["schemas"]["OrderStatus"];
        };
        HoldingAdjustment: {
            id: components["schemas"]["Id"];
            reason: string;
            adminId: components["schemas"]["Id"];
        };
        ProductHoldPage: {
            data: components["schemas"]["ProductHold"][];
            pagination: components["schemas"]["Pagination"];
        };
        CartAddition: {
            productId: components["schemas"]["Id"];
            quantity: components["schemas"]["Quantity"];
        };
        CartQuantity: {
            quantity: components["schemas"]["Quantity"];
        };
        Cart: {
            /** @description The id of the cart, for logs and questions; null when there is none yet. It opens nothing (the cookie does), and no operation takes it. */
            id: string | null;
            items: components["schemas"]["CartItem"][];
            /** @description What of a guest's cart did not fit when it was merged at sign-in. Empty when everything did, or you have decided about it since. */
            leftOut: components["schemas"]["CartLeftOut"][];
            /** @description All lines that can be bought together, at today's prices; a product that is no longer sold (`archived`) does not count. */
            total: components["schemas"]["Money"];
            /**
             * Format: date-time
             * @description The server's clock. Count down from the difference to `holdLapsesAt`.
             */
            serverTime: string;
        };
        CartItem: {
            productId: components["schemas"]["Id"];
            sku: string;
            name: string;
            quantity: components["schemas"]["Quantity"];
            unitPrice: components["schemas"]["Money"];
            lineTotal: components["schemas"]["Money"];
            /** @description Units that are set aside for this line. */
            held: components["schemas"]["Units"];
            /**
             * Format: date-time
             * @description When they go back on sale; null when none are held.
             */
            holdLapsesAt: string | null;
            /** @description What a customer should know before they order this line. `short` and `archived` stand in the way of ordering; `not_held` and `price_changed` do not. Empty when there is nothing. */
            problems: components["schemas"]["CartProblem"][];
        };
        /** @description Units of a guest's cart that are in no line. */
        CartLeftOut: {
            productId: components["schemas"]["Id"];
            name: string;
            quantity: components["schemas"]["Count"];
            reason: components["schemas"]["CartLeftOutReason"];
        };
        OrderedItem: {
            productId: components["schemas"]["Id"];
            quantity: components["schemas"]["Quantity"];
        };
        /** @description Where to send it. */
        Address: {
            name: components["schemas"]["PersonName"];
            line1: components["schemas"]["AddressLine"];
            line2?: components["schemas"]["AddressLine"];
            city: components["schemas"]["AddressLine"];
            state?: components["schemas"]["AddressLine"];
            postalCode: components["schemas"]["PostalCode"];
            country: components["schemas"]["CountryCode"];
            phone?: components["schemas"]["Phone"];
        };
        OrderPlacement: {
            /** @description What to order, each product once. Left out, what is in the cart. */
            items?: components["schemas"]["OrderedItem"][];
            /** @description The total that the customer saw. Another one is refused. */
            expectedTotal?: components["schemas"]["Money"];
            shippingAddress?: components["schemas"]["Address"];
        };
        OrderCustomer: {
            userId: components["schemas"]["Id"];
            name: string;
            email: string;
        };
        /** @description A line, frozen when the order was placed. */
        OrderItem: {
            productId: components["schemas"]["Id"];
            sku: string;
            name: string;
            unitPrice: components["schemas"]["Money"];
            quantity: components["schemas"]["Quantity"];
            lineTotal: components["schemas"]["Money"];
            /** @description Units of this line that have been sent. */
            shipped: components["schemas"]["Units"];
        };
        Order: {
            id: components["schemas"]["Id"];
            number: components["schemas"]["OrderNumber"];
            status: components["schemas"]["OrderStatus"];
            paymentStatus: components["schemas"]["PaymentStatus"];
            /** @description How much of it has been sent, counted from its shipments. */
            fulfilment: components["schemas"]["Fulfilment"];
            customer: components["schemas"]["OrderCustomer"];
            items: components["schemas"]["OrderItem"][];
            /** @description All lines together. */
            total: components["schemas"]["Money"];
            /** @description What has arrived so far. */
            amountPaid: components["schemas"]["Money"];
            /** @description What has gone back so far. */
            amountRefunded: components["schemas"]["Money"];
            /** @description What is decided to go back and has not yet. */
            amountRefunding: components["schemas"]["Money"];
            /** @description What is still to be paid. Zero when no payment is awaited. */
            amountDue: components["schemas"]["Money"];
            /** @description Where to send it; null when none was given. */
            shippingAddress: components["schemas"]["Address"] | null;
            /** Format: date-time */
            placedAt: string;
            /**
             * Format: date-time
             * @description When the units go back on sale if the order is not paid in full; null when it waits for no money. The first payment of a part moves it, once: the order then
             *     waits 24 hours from that payment (unless the shop has another setting), is cancelled after that, and its money goes back.
             */
            payBefore: string | null;
        };
        OrderPage: {
            data: components["schemas"]["Order"][];
            pagination: components["schemas"]["Pagination"];
        };
        Timeline: {
            data: components["schemas"]["TimelineEntry"][];
        };
        TimelineEntry: {
            /** Format: date-time */
            at: string;
            /** @description The status before; null for the first entry. */
            from: components["schemas"]["OrderStatus"] | null;
            /** @description The status after; the same when only its money changed. */
            to: components["schemas"]["OrderStatus"];
            actor: components["schemas"]["Actor"];
            /** @description Why, for people. */
            reason: string;
        };
        /** @description Who or what did it. */
        Actor: {
            kind: components["schemas"]["ActorKind"];
            /** @description The user, for a customer or an admin; the event or payment, for the gateway; otherwise null. */
            id: string | null;
        };
        PaymentStart: {
            /**
             * Format: int64
             * @description How much of it, in minor units of the order's currency. Left out, all that is due.
             */
            amount?: number;
        };
        /** @description What Razorpay's checkout needs. */
        PaymentIntent: {
            id: components["schemas"]["Id"];
            orderId: components["schemas"]["Id"];
            gateway: components["schemas"]["PaymentGateway"];
            /** @description The public key of the shop at Razorpay (`key` of the checkout). */
            keyId: string;
            /** @description The id to open the checkout with (`order_id` of the checkout). */
            razorpayOrderId: string;
            amount: components["schemas"]["Money"];
            /** Format: date-time */
            createdAt: string;
        };
        /** @description What the checkout handed to the page. */
        CheckoutResult: {
            razorpayOrderId: components["schemas"]["RazorpayOrderId"];
            razorpayPaymentId: components["schemas"]["RazorpayPaymentId"];
            razorpaySignature: components["schemas"]["Signature"];
        };
        PaymentVerification: {
            orderId: components["schemas"]["Id"];
            paymentId: components["schemas"]["Id"];
            orderStatus: components["schemas"]["OrderStatus"];
            paymentStatus: components["schemas"]["PaymentStatus"];
        };
        OrderCancellation: {
            reason?: components["schemas"]["Reason"];
        };
        OrderStatusChange: {
            status: components["schemas"]["OrderStage"];
            reason?: components["schemas"]["Reason"];
        };
        /** @description One payment for an order. */
        Payment: {
            id: components["schemas"]["Id"];
            orderId: components["schemas"]["Id"];
            orderNumber: components["schemas"]["OrderNumber"];
            gateway: components["schemas"]["PaymentGateway"];
            /** @description How it was paid, for example `upi`, `card`, `cash`; null while that is not known. */
            method: string | null;
            status: components["schemas"]["PaymentState"];
            amount: components["schemas"]["Money"];
            /** @description What of it has gone back. */
            amountRefunded: components["schemas"]["Money"];
            /** @description Razorpay's id of it; null for a payment from outside. */
            razorpayPaymentId: string | null;
            /** @description What a payment from outside can be found by. */
            reference: string | null;
            /** @description What the admin noted who recorded it; null for anybody but admins. */
            note: string | null;
            /**
             * Format: date-time
             * @description When it was first heard of.
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When the money came; null while it has not.
             */
            capturedAt: string | null;
        };
        PaymentPage: {
            data: components["schemas"]["Payment"][];
            pagination: components["schemas"]["Pagination"];
        };
        OutsidePayment: {
            method: components["schemas"]["OutsideMethod"];
            /**
             * Format: int64
             * @description How much has come, in minor units of the order's currency.
             */
            amount: number;
            reference: components["schemas"]["Reference"];
            /** @description When it came. Left out, now; never in the future. */
            receivedAt?: components["schemas"]["Moment"];
            /** @description Anything else, for admins. */
            note?: components["schemas"]["Reason"];
        };
        RefundRequest: {
            /**
             * Format: int64
             * @description How much, in minor units of the order's currency. Left out, all that can be refunded.
             */
            amount?: number;
            /** @description Why; the customer reads it in a mail. */
            reason: components["schemas"]["Reason"];
            /** @description From this payment only. */
            paymentId?: components["schemas"]["Id"];
        };
        RefundPayout: {
            reference: components["schemas"]["Reference"];
        };
        RefundWithdrawal: {
            /** @description Why; it stands in the order's timeline. */
            reason: components["schemas"]["Reason"];
            next: components["schemas"]["RefundNext"];
        };
        /** @description Money that goes back, from one payment. */
        Refund: {
            id: components["schemas"]["Id"];
            orderId: components["schemas"]["Id"];
            paymentId: components["schemas"]["Id"];
            /** @description Where the payment came from, and so where its money goes back. */
            gateway: components["schemas"]["PaymentGateway"];
            state: components["schemas"]["RefundState"];
            amount: components["schemas"]["Money"];
            reason: string;
            /** @description Razorpay's id of it, once there is one. */
            razorpayRefundId: string | null;
            /** @description What the payout can be found by, where an admin has paid it out. */
            reference: string | null;
            /** @description Why it could not be made yet, where something stands in the way. */
            lastError: string | null;
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it was processed, failed or withdrawn.
             */
            settledAt: string | null;
        };
        RefundList: {
            data: components["schemas"]["Refund"][];
        };
        RefundPage: {
            data: components["schemas"]["Refund"][];
            pagination: components["schemas"]["Pagination"];
        };
        /** @description An event that Razorpay has sent. */
        WebhookEvent: {
            id: components["schemas"]["Id"];
            /** @description The type, as Razorpay calls it. */
            event: string;
            state: components["schemas"]["WebhookEventState"];
            /**
             * @description What came of it; null until it is worked off. `recorded`: it was new, and the order's sums were counted anew. `unchanged`: it told what was known already (events come more
             *     than once). `no order of ours`: its payment is of nothing that this shop has sold. `nothing for us`: it is about neither a payment nor a refund. Of an event about both the
             *     verdicts stand behind each other, the payment's first.
             */
            verdict: string | null;
            /** @description How often it was tried since it came, or since it was last told to be worked off again. */
            attempts: components["schemas"]["Count"];
            /** @description Why the last attempt failed. */
            lastError: string | null;
            /** @description The order that it turned out to be about. */
            orderId: string | null;
            /** Format: date-time */
            receivedAt: string;
            /**
             * Format: date-time
             * @description When it is tried next; null when it is done.
             */
            nextAttemptAt: string | null;
        };
        /** @description An event that Razorpay has sent, with its body. */
        WebhookEventDetail: {
            id: components["schemas"]["Id"];
            /** @description The type, as Razorpay calls it. */
            event: string;
            state: components["schemas"]["WebhookEventState"];
            /**
             * @description What came of it; null until it is worked off. `recorded`: it was new, and the order's sums were counted anew. `unchanged`: it told what was known already (events come more
             *     than once). `no order of ours`: its payment is of nothing that this shop has sold. `nothing for us`: it is about neither a payment nor a refund. Of an event about both the
             *     verdicts stand behind each other, the payment's first.
             */
            verdict: string | null;
            /** @description How often it was tried since it came, or since it was last told to be worked off again. */
            attempts: components["schemas"]["Count"];
            /** @description Why the last attempt failed. */
            lastError: string | null;
            /** @description The order that it turned out to be about. */
            orderId: string | null;
            /** Format: date-time */
            receivedAt: string;
            /**
             * Format: date-time
             * @description When it is tried next; null when it is done.
             */
            nextAttemptAt: string | null;
            body: components["schemas"]["RazorpayEvent"];
        };
        WebhookEventPage: {
            data: components["schemas"]["WebhookEvent"][];
            pagination: components["schemas"]["Pagination"];
        };
        /** @description Whatever Razorpay sends. The raw bytes are what is signed. */
        RazorpayEvent: {
            [key: string]: unknown;
        };
        WebhookReceipt: {
            /** @description Always true. */
            received: boolean;
        };
        ReconciliationReport: {
            stockCheck: components["schemas"]["CheckSummary"];
            orderCheck: components["schemas"]["CheckSummary"];
            /** @description Products in which something is to be explained, or the one that was asked for. */
            products: components["schemas"]["ProductAccount"][];
            /** @description Orders in which something is to be explained, or the one that was asked for. */
            orders: components["schemas"]["OrderAccount"][];
            /** @description The last repairs. */
            repairs: components["schemas"]["StockRepair"][];
        };
        /** @description The last walk over all products or all orders, and what it found. */
        CheckSummary: {
            /**
             * Format: date-time
             * @description When it began. Null before the first one.
             */
            checkedAt: string | null;
            examined: components["schemas"]["Count"];
            inFlight: components["schemas"]["Count"];
            needsAction: components["schemas"]["Count"];
            unexplained: components["schemas"]["Count"];
        };
        Finding: {
            kind: components["schemas"]["FindingKind"];
            state: components["schemas"]["BalanceState"];
            /** @description In words, with the numbers. */
            message: string;
        };
        /** @description The numbers of a product at one moment. */
        ProductAccount: {
            productId: components["schemas"]["Id"];
            sku: string;
            name: string;
            state: components["schemas"]["BalanceState"];
            onHand: components["schemas"]["SignedUnits"];
            ledger: components["schemas"]["SignedUnits"];
            ledgerDrift: components["schemas"]["SignedUnits"];
            /** @description Whether Redis knows the product. Where it does not, the next request for it builds its numbers from the database, and the numbers below are 0. */
            isLoaded: boolean;
            available: components["schemas"]["SignedUnits"];
            heldByCarts: components["schemas"]["Units"];
            heldByOrders: components["schemas"]["Units"];
            heldByAdjustments: components["schemas"]["Units"];
            openOrderUnits: components["schemas"]["Units"];
            expected: components["schemas"]["SignedUnits"];
            drift: components["schemas"]["SignedUnits"];
            findings: components["schemas"]["Finding"][];
        };
        /**
         * Format: int32
         * @description A number of units, or a difference of two. Below zero something is wrong, or fewer than expected.
         */
        SignedUnits: number;
        /** @description The money and the sales of an order, as it says and as its rows say. */
        OrderAccount: {
            orderId: components["schemas"]["Id"];
            number: components["schemas"]["OrderNumber"];
            status: components["schemas"]["OrderStatus"];
            paymentStatus: components["schemas"]["PaymentStatus"];
            state: components["schemas"]["BalanceState"];
            total: components["schemas"]["Money"];
            paid: components["schemas"]["Money"];
            refunded: components["schemas"]["Money"];
            paidByPayments: components["schemas"]["Money"];
            refundedByRows: components["schemas"]["Money"];
            findings: components["schemas"]["Finding"][];
        };
        RepairRequest: {
            /** @description Which products; left out, those that the last walk found. */
            productIds?: components["schemas"]["Id"][];
            /**
             * @description Whether on hand is counted again from the movements too.
             * @default false
             */
            rebuildOnHand: boolean;
        };
        RepairReport: {
            /** @description What was repaired. */
            repairs: components["schemas"]["StockRepair"][];
            /** @description Products in which something unexplained is left. */
            unrepaired: components["schemas"]["ProductAccount"][];
            /**
             * Format: int32
             * @description How many products that the last walk found have not been looked at by this request. Repeat it until there are none.
             */
            remaining: number;
        };
        StockRepair: {
            id: components["schemas"]["Id"];
            productId: components["schemas"]["Id"];
            number: components["schemas"]["RepairedNumber"];
            before: components["schemas"]["SignedUnits"];
            after: components["schemas"]["SignedUnits"];
            actor: components["schemas"]["Actor"];
            /** Format: date-time */
            at: string;
        };
        StockRepairPage: {
            data: components["schemas"]["StockRepair"][];
            pagination: components["schemas"]["Pagination"];
        };
        Mail: {
            id: components["schemas"]["Id"];
            kind: components["schemas"]["MailKind"];
            /** @description The address that it goes to. */
            to: string;
            state: components["schemas"]["MailState"];
            attempts: components["schemas"]["Count"];
            /** @description Whether its last attempt has failed and it is tried again (`nextAttemptAt`). */
            isRetrying: boolean;
            /** @description Whether `retryMail` takes it. */
            isRetryable: boolean;
            /** @description Why the last attempt failed. */
            lastError: string | null;
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it is tried (again); null where it is not.
             */
            nextAttemptAt: string | null;
            /** Format: date-time */
            sentAt: string | null;
        };
        MailPreview: {
            subject: string;
            html: string;
            text: string;
        };
        MailDetail: {
            mail: components["schemas"]["Mail"];
            /** @description What it says; null where its stored content cannot be read. */
            preview: components["schemas"]["MailPreview"] | null;
        };
        MailPage: {
            data: components["schemas"]["Mail"][];
            pagination: components["schemas"]["Pagination"];
        };
        ShipmentCreation: {
            carrier: components["schemas"]["CarrierName"];
            trackingNumber: components["schemas"]["TrackingNumber"];
            /** @description What is sent, each product once. Left out, all that is left of the order. */
            items?: components["schemas"]["OrderedItem"][];
            note?: components["schemas"]["ShipmentNote"];
        };
        CheckpointCreation: {
            status: components["schemas"]["CheckpointStatus"];
            /** @description When it was there; not before the order was placed, nor more than 15 minutes ahead. */
            at: components["schemas"]["Moment"];
            place?: components["schemas"]["CheckpointPlace"];
            note?: components["schemas"]["ShipmentNote"];
        };
        ShipmentItem: {
            productId: components["schemas"]["Id"];
            sku: string;
            name: string;
            quantity: components["schemas"]["Quantity"];
        };
        Checkpoint: {
            status: components["schemas"]["CheckpointStatus"];
            /**
             * Format: date-time
             * @description When it was there.
             */
            at: string;
            place: string | null;
            note: string | null;
            /**
             * Format: date-time
             * @description When the shop heard of it.
             */
            recordedAt: string;
        };
        Shipment: {
            id: components["schemas"]["Id"];
            orderId: components["schemas"]["Id"];
            orderNumber: components["schemas"]["OrderNumber"];
            carrier: string;
            trackingNumber: components["schemas"]["TrackingNumber"];
            status: components["schemas"]["ShipmentStatus"];
            /** @description What is in it. */
            items: components["schemas"]["ShipmentItem"][];
            note: string | null;
            /** @description Where it was, the oldest first. */
            checkpoints: components["schemas"]["Checkpoint"][];
            /** Format: date-time */
            shippedAt: string;
            /**
             * Format: date-time
             * @description The time of its first `delivered`; null before. A later `returned` does not take it back.
             */
            deliveredAt: string | null;
            /** Format: date-time */
            updatedAt: string;
        };
        ShipmentPage: {
            data: components["schemas"]["Shipment"][];
            pagination: components["schemas"]["Pagination"];
        };
        Liveness: {
            status: components["schemas"]["HealthState"];
        };
        Readiness: {
            status: components["schemas"]["HealthState"];
            checks: components["schemas"]["ReadinessChecks"];
            reasons?: components["schemas"]["ReadinessReasons"];
        };
        /** @description Why it is not ready. Absent where it is. */
        ReadinessReasons: {
            database?: components["schemas"]["UnreadyReason"];
            redis?: components["schemas"]["UnreadyReason"];
            server?: components["schemas"]["UnreadyReason"];
        };
        ReadinessChecks: {
            database: components["schemas"]["HealthState"];
            redis: components["schemas"]["HealthState"];
        };
        JobRun: {
            id: components["schemas"]["Id"];
            job: components["schemas"]["JobName"];
            /** Format: date-time */
            startedAt: string;
            /**
             * Format: date-time
             * @description Null while it runs.
             */
            finishedAt: string | null;
            /**
             * Format: int64
             * @description How long it took, in milliseconds. Null while it runs.
             */
            durationMs: number | null;
            examined: components["schemas"]["Count"];
            changed: components["schemas"]["Count"];
            /** @description What failed, row by row. At most 100 are kept. */
            failures: components["schemas"]["JobFailure"][];
            outcome: components["schemas"]["JobOutcome"];
        };
        JobFailure: {
            /** @description What the row is about, for example the number of an order. */
            subject: string;
            /** @description What went wrong with it. */
            message: string;
        };
        JobRunPage: {
            data: components["schemas"]["JobRun"][];
            pagination: components["schemas"]["Pagination"];
        };
        /** @description An OpenAPI document. */
        OpenApiDocument: {
            [key: string]: unknown;
        };
    };
    responses: {
        /** @description The request is not what this document asks for. `errors` says what is wrong, field by field. */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        /** @description The request is not what this document asks for. `errors` says what is wrong, parameter by parameter. */
        BadQuery: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        /** @description The signature is wrong, or the request is not what this document asks for. Nothing was stored. */
        BadSignature: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        /** @description Sign in first; or the session or token has ended. */
        Unauthenticated: {
            headers: {
                "WWW-Authenticate": components["headers"]["WwwAuthenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        /** @description No account has this e-mail and this password. */
        InvalidCredentials: {
            headers: {
                "WWW-Authenticate": components["headers"]["WwwAuthenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        /** @description The account may not do this, or the request comes from a page that may not. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        /** @description The request carries a cookie and comes from a page that may not use it. */
        OriginNotAllowed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        /** @description There is no such product. */
        ProductNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        /** @description The copy is still right. */
        CopyIsRight: {
            headers: {
                ETag: components["headers"]["ETag"];
                "Cache-Control": components["headers"]["CacheControl"];
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description There is no such page. Who prefers HTML gets a page that says so. */
        DocumentationPartNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
                "text/html": string;
            };
        };
        /** @description There is no such image. */
        ImageNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        /** @description The upload is not what this document asks for, or the picture cannot be read. Nothing was stored. */
        BadUpload: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        /** @description The product has as many images as it can have. */
        ImagesFull: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        /** @description The file is larger than 5 MB. */
        ImageTooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        /** @description The body must be `multipart/form-data`, and the file a jpeg, png or webp picture. */
        UnsupportedImage: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        /** @description There is no such order, or it is somebody else's. */
        OrderNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        /** @description There is no such payment, or it is somebody else's. */
        PaymentNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        /** @description There is no such product or order. */
        NothingToReconcile: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        /** @description There is no such mail. */
        MailNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        /** @description The mail cannot be sent again now. */
        MailConflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        /** @description The e-mail address has an account already. */
        EmailTaken: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        /** @description The article number belongs to another product. */
        SkuTaken: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        /** @description Somebody else changed it in the meantime. Read it again and decide anew. */
        VersionConflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        /** @description The units cannot be taken away as things are. Nothing has changed. */
        StockConflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        /** @description An order is being placed from this cart at this moment. Try again in a second. */
        CartBusy: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        /** @description The units cannot be put into the cart. Nothing has changed. */
        CartConflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        /** @description The order cannot be placed as things are. Nothing has changed. */
        OrderConflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        /** @description The order takes no payment, or not this amount. */
        PaymentConflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        /** @description The order cannot be moved there from where it is. `details` say where it is, and which moves are legal for you. Nothing has changed. */
        IllegalTransition: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        /** @description So much cannot be refunded. `details` say how much can. Nothing has changed. */
        RefundConflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        /** @description The refund is not waiting to be paid out. */
        RefundNotOpen: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        /** @description Razorpay has made the refund, may make it yet, or is not asked for it. The message says which. Nothing has changed. */
        RefundNotWithdrawable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        /** @description There is no such refund. */
        RefundNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        /** @description There is no such event. */
        EventNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        /** @description There is no such shipment, or it is somebody else's. */
        ShipmentNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        /** @description This cannot be shipped as things are. Nothing has changed. */
        ShipmentConflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        /** @description The shipment takes no further checkpoint. */
        CheckpointConflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        /** @description The body is larger than the server takes. */
        PayloadTooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        /** @description The body must be `application/json` in UTF-8. */
        UnsupportedMediaType: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        /** @description The token opens nothing (any more), or the request is not what this document asks for. Nothing was changed. */
        BadResetToken: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        /** @description The account is blocked, or the request carries a cookie and comes from a page that may not use it. */
        SignInRefused: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        /** @description The current password is wrong, or the request comes from a page that may not send it. */
        PasswordRefused: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        /** @description The account keeps no such address. */
        AddressNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        /** @description There is no such account. */
        UserNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        /** @description There is no such message. */
        ContactNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        /** @description The account keeps as many addresses as it can. */
        AddressesFull: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        /** @description It is the account of whoever asks. Another admin has to do it. */
        OwnAccount: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        /** @description The account was changed in the meantime, or it is the account of whoever asks. */
        UserConflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        /** @description Too many requests from this address, or for this account. Send it again after `Retry-After` seconds. */
        TooManyRequests: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        /** @description The caller has no cart yet, and too many were opened from this address. Carts that are there go on. Send it again after `Retry-After` seconds. */
        TooManyCarts: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        /** @description The idempotency key was used for another request. */
        UnprocessableKey: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        /** @description Something that the server needs is away at the moment. Send the same request again after `Retry-After` seconds. */
        Unavailable: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        /**
         * @description Whatever else can go wrong with any request, in the one error shape: a method that the path does not know (405, with `Allow`), a request that comes too slowly (408),
         *     an address that is too long (414), an unmet `Expect` (417), too many requests (429, with `Retry-After`), headers that are too large (431), a fault of ours (500).
         */
        Default: {
            headers: {
                Allow: components["headers"]["Allow"];
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
    };
    parameters: {
        /**
         * @description The `ETag` of a copy that is there already, or a list of several. What fits none is ignored.
         * @example "6b86b273ff34fce19d6b804eff5a3f57"
         */
        KnownETag: components["schemas"]["KnownETags"];
        /**
         * @description The id of the product.
         * @example 3f8k2m9x7q4t6w1z5c0n
         */
        ProductId: components["schemas"]["Id"];
        /**
         * @description The id of the order (not its number).
         * @example 2z8x5c1v7b4n0m6k3j9h
         */
        OrderId: components["schemas"]["Id"];
        /**
         * @description The id of the account.
         * @example 5a9r1k7m3x8q2w6t0z4c
         */
        UserId: components["schemas"]["Id"];
        /**
         * @description The id of the kept address.
         * @example 6b0s2l8n4y9r3x7v1a5d
         */
        AddressId: components["schemas"]["Id"];
        /**
         * @description The id of the message.
         * @example 1c4t6m9p2z5s8y0w3b7f
         */
        ContactId: components["schemas"]["Id"];
        /**
         * @description The id of the event.
         * @example NhX6aJ2kP9qW4t
         */
        EventId: components["schemas"]["Id"];
        /**
         * @description Only what belongs to this order.
         * @example 2z8x5c1v7b4n0m6k3j9h
         */
        OfOrder: components["schemas"]["Id"];
        /**
         * @description Only what came at this time or later.
         * @example 2026-03-01T00:00:00Z
         */
        From: components["schemas"]["Moment"];
        /**
         * @description Only what came before this time.
         * @example 2026-04-01T00:00:00Z
         */
        To: components["schemas"]["Moment"];
        /**
         * @description The id of the mail.
         * @example 7h2k9p4r1t6w3x8z5b0c
         */
        MailId: components["schemas"]["Id"];
        /**
         * @description A text of your choice, new for each thing that you want done; the same for each attempt to have it done. A repeat is answered as the first attempt was, with
         *     what there is now. The same key for something else is 422 `idempotency_key_reused`. A key belongs to the account that sent it and is kept for ever; after a
         *     refusal it is free again.
         * @example 4c1d7e90-2b6f-4a3c-8d15-9e0f7a6b5c42
         */
        IdempotencyKey: components["schemas"]["IdempotencyKey"];
        /**
         * @description The id of the image.
         * @example 0a4e8h2m6q0t4x8b2f6k
         */
        ImageId: components["schemas"]["Id"];
        /**
         * @description The cart of a guest. Browsers send it by themselves, and no script can mend it; so a value that was never given out counts as no cart.
         * @example 9w3e6r1t8y4q7a2s5d0f
         */
        CartCookie: components["schemas"]["CookieValue"];
        /**
         * @description Words to search for. Every word must be the beginning of a word in the row; capitals and accents do not matter.
         * @example brass lamp
         */
        Search: components["schemas"]["SearchWords"];
        /**
         * @description Only products of exactly this category, as `listCategories` names it.
         * @example Lighting
         */
        Category: components["schemas"]["CategoryName"];
        /**
         * @description The order of the list: newest first, by price, by price downwards, or by name.
         * @example price
         */
        ProductSort: components["schemas"]["ProductSort"];
        /**
         * @description The order of the list: newest or oldest first, by total, or by total downwards.
         * @example newest
         */
        OrderSort: components["schemas"]["OrderSort"];
        /**
         * @description The order of the list: newest or oldest account first, by name, or by e-mail address.
         * @example name
         */
        UserSort: components["schemas"]["UserSort"];
        /**
         * @description The order of the list: newest or oldest message first.
         * @example oldest
         */
        ContactSort: components["schemas"]["ContactSort"];
        /**
         * @description Only orders with this status.
         * @example pending
         */
        OrderStatus: components["schemas"]["OrderStatus"];
        /**
         * @description Only shipments of this order.
         * @example 2z8x5c1v7b4n0m6k3j9h
         */
        ShipmentOrderId: components["schemas"]["Id"];
        /**
         * @description Only the shipment with this tracking number, in any capitals.
         * @example BD7719204483
         */
        ShipmentTrackingNumber: components["schemas"]["TrackingNumber"];
        /**
         * @description The order of the list: newest or oldest first.
         * @example newest
         */
        ShipmentSort: components["schemas"]["ShipmentSort"];
        /**
         * @description Which page, from 1. `page` times `limit` may be at most 10000.
         * @example 1
         */
        Page: number;
        /**
         * @description How many rows a page has.
         * @example 20
         */
        Limit: number;
    };
    requestBodies: never;
    headers: {
        /**
         * @description The address of what was made.
         * @example /v1/orders/2z8x5c1v7b4n0m6k3j9h
         */
        Location: string;
        /**
         * @description The address of the documentation's first page.
         * @example /docs
         */
        DocumentationLocation: string;
        /**
         * @description What the bytes are known by.
         * @example "6b86b273ff34fce19d6b804eff5a3f57"
         */
        ETag: string;
        /**
         * @description For how long a copy may be kept, and by whom.
         * @example public, max-age=31536000, immutable
         */
        CacheControl: string;
        /**
         * @description Sets or removes `holdfast_session` (the session) or `holdfast_cart` (the cart of a guest): HTTP-only, SameSite. Left out when no cookie changes.
         * @example holdfast_session=eyJhbGciOiJIUzI1NiJ9; Path=/; HttpOnly; Secure; SameSite=Lax
         */
        SetCookie: string;
        /**
         * @description Removes `holdfast_session`.
         * @example holdfast_session=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; Secure; SameSite=Lax
         */
        EndSession: string;
        /**
         * @description How to sign in.
         * @example Bearer realm="holdfast"
         */
        WwwAuthenticate: string;
        /**
         * @description The methods that this path knows (with 405).
         * @example GET, POST
         */
        Allow: string;
        /**
         * @description Seconds after which the same request may be sent again.
         * @example 2
         */
        RetryAfter: number;
        /**
         * @description What is left of each limit that the request counts for (`r`), and seconds until it is full again (`t`).
         * @example "sign-in-account"; r=0; t=840
         */
        RateLimit: string;
        /**
         * @description How many requests (`q`) each limit allows in how many seconds (`w`).
         * @example "sign-in-account"; q=10; w=900
         */
        RateLimitPolicy: string;
    };
    pathItems: never;
}
export type Id = components['schemas']['Id'];
export type CookieValue = components['schemas']['CookieValue'];
export type MinorUnits = components['schemas']['MinorUnits'];
export type Units = components['schemas']['Units'];
export type Quantity = components['schemas']['Quantity'];
export type Count = components['schemas']['Count'];
export type Version = components['schemas']['Version'];
export type Email = components['schemas']['Email'];
export type Phone = components['schemas']['Phone'];
export type PhoneOrNone = components['schemas']['PhoneOrNone'];
export type PersonName = components['schemas']['PersonName'];
export type ChosenPassword = components['schemas']['ChosenPassword'];
export type Password = components['schemas']['Password'];
export type ResetToken = components['schemas']['ResetToken'];
export type MessageText = components['schemas']['MessageText'];
export type ProductName = components['schemas']['ProductName'];
export type ProductDescription = components['schemas']['ProductDescription'];
export type CategoryName = components['schemas']['CategoryName'];
export type Sku = components['schemas']['Sku'];
export type SearchWords = components['schemas']['SearchWords'];
export type AddressLine = components['schemas']['AddressLine'];
export type PostalCode = components['schemas']['PostalCode'];
export type CountryCode = components['schemas']['CountryCode'];
export type CurrencyCode = components['schemas']['CurrencyCode'];
export type IdempotencyKey = components['schemas']['IdempotencyKey'];
export type AltText = components['schemas']['AltText'];
export type UtcTime = components['schemas']['UtcTime'];
export type StockReason = components['schemas']['StockReason'];
export type StockReference = components['schemas']['StockReference'];
export type OrderNumber = components['schemas']['OrderNumber'];
export type Reason = components['schemas']['Reason'];
export type Reference = components['schemas']['Reference'];
export type Moment = components['schemas']['Moment'];
export type PaymentMethod = components['schemas']['PaymentMethod'];
export type WebhookEventType = components['schemas']['WebhookEventType'];
export type DocumentationPart = components['schemas']['DocumentationPart'];
export type HeaderText = components['schemas']['HeaderText'];
export type KnownETags = components['schemas']['KnownETags'];
export type RazorpayOrderId = components['schemas']['RazorpayOrderId'];
export type RazorpayPaymentId = components['schemas']['RazorpayPaymentId'];
export type Signature = components['schemas']['Signature'];
export type Role = components['schemas']['Role'];
export type ErrorCode = components['schemas']['ErrorCode'];
export type ProductSort = components['schemas']['ProductSort'];
export type OrderSort = components['schemas']['OrderSort'];
export type UserSort = components['schemas']['UserSort'];
export type ContactSort = components['schemas']['ContactSort'];
export type OrderStatus = components['schemas']['OrderStatus'];
export type PaymentStatus = components['schemas']['PaymentStatus'];
export type PaymentGateway = components['schemas']['PaymentGateway'];
export type ImageRendition = components['schemas']['ImageRendition'];
export type PaymentState = components['schemas']['PaymentState'];
export type PaymentSort = components['schemas']['PaymentSort'];
export type OutsideMethod = components['schemas']['OutsideMethod'];
export type RefundState = components['schemas']['RefundState'];
export type RefundNext = components['schemas']['RefundNext'];
export type WebhookEventState = components['schemas']['WebhookEventState'];
export type OrderStage = components['schemas']['OrderStage'];
export type StockMovementKind = components['schemas']['StockMovementKind'];
export type HolderKind = components['schemas']['HolderKind'];
export type CartProblem = components['schemas']['CartProblem'];
export type CarrierName = components['schemas']['CarrierName'];
export type TrackingNumber = components['schemas']['TrackingNumber'];
export type ShipmentNote = components['schemas']['ShipmentNote'];
export type CheckpointPlace = components['schemas']['CheckpointPlace'];
export type ShipmentSort = components['schemas']['ShipmentSort'];
export type ShipmentStatus = components['schemas']['ShipmentStatus'];
export type CheckpointStatus = components['schemas']['CheckpointStatus'];
export type Fulfilment = components['schemas']['Fulfilment'];
export type CartLeftOutReason = components['schemas']['CartLeftOutReason'];
export type ActorKind = components['schemas']['ActorKind'];
export type MailState = components['schemas']['MailState'];
export type MailKind = components['schemas']['MailKind'];
export type MailSort = components['schemas']['MailSort'];
export type BalanceState = components['schemas']['BalanceState'];
export type FindingKind = components['schemas']['FindingKind'];
export type RepairedNumber = components['schemas']['RepairedNumber'];
export type HealthState = components['schemas']['HealthState'];
export type UnreadyReason = components['schemas']['UnreadyReason'];
export type JobName = components['schemas']['JobName'];
export type JobOutcome = components['schemas']['JobOutcome'];
export type Money = components['schemas']['Money'];
export type Price = components['schemas']['Price'];
export type Pagination = components['schemas']['Pagination'];
export type ApiError = components['schemas']['ApiError'];
export type FieldError = components['schemas']['FieldError'];
export type ErrorDetails = components['schemas']['ErrorDetails'];
export type StockShortfall = components['schemas']['StockShortfall'];
export type Registration = components['schemas']['Registration'];
export type Credentials = components['schemas']['Credentials'];
export type AccessToken = components['schemas']['AccessToken'];
export type TokenType = components['schemas']['TokenType'];
export type User = components['schemas']['User'];
export type PasswordResetRequest = components['schemas']['PasswordResetRequest'];
export type PasswordResetReceipt = components['schemas']['PasswordResetReceipt'];
export type PasswordReset = components['schemas']['PasswordReset'];
export type ProfileChange = components['schemas']['ProfileChange'];
export type PasswordChange = components['schemas']['PasswordChange'];
export type AddressEntry = components['schemas']['AddressEntry'];
export type SavedAddress = components['schemas']['SavedAddress'];
export type AddressBook = components['schemas']['AddressBook'];
export type AdminUser = components['schemas']['AdminUser'];
export type UserPage = components['schemas']['UserPage'];
export type UserChange = components['schemas']['UserChange'];
export type ContactMessage = components['schemas']['ContactMessage'];
export type ContactReceipt = components['schemas']['ContactReceipt'];
export type Contact = components['schemas']['Contact'];
export type ContactPage = components['schemas']['ContactPage'];
export type ContactChange = components['schemas']['ContactChange'];
export type Product = components['schemas']['Product'];
export type ProductImage = components['schemas']['ProductImage'];
export type ImageUpload = components['schemas']['ImageUpload'];
export type ImageOrder = components['schemas']['ImageOrder'];
export type ProductPage = components['schemas']['ProductPage'];
export type CategoryList = components['schemas']['CategoryList'];
export type Category = components['schemas']['Category'];
export type StockLevel = components['schemas']['StockLevel'];
export type AdminProduct = components['schemas']['AdminProduct'];
export type AdminProductPage = components['schemas']['AdminProductPage'];
export type ProductCreation = components['schemas']['ProductCreation'];
export type ProductChange = components['schemas']['ProductChange'];
export type StockReceipt = components['schemas']['StockReceipt'];
export type StockAdjustment = components['schemas']['StockAdjustment'];
export type StockMovement = components['schemas']['StockMovement'];
export type StockMovementPage = components['schemas']['StockMovementPage'];
export type StockChange = components['schemas']['StockChange'];
export type ProductHold = components['schemas']['ProductHold'];
export type HoldingOrder = components['schemas']['HoldingOrder'];
export type HoldingAdjustment = components['schemas']['HoldingAdjustment'];
export type ProductHoldPage = components['schemas']['ProductHoldPage'];
export type CartAddition = components['schemas']['CartAddition'];
export type CartQuantity = components['schemas']['CartQuantity'];
export type Cart = components['schemas']['Cart'];
export type CartItem = components['schemas']['CartItem'];
export type CartLeftOut = components['schemas']['CartLeftOut'];
export type OrderedItem = components['schemas']['OrderedItem'];
export type Address = components['schemas']['Address'];
export type OrderPlacement = components['schemas']['OrderPlacement'];
export type OrderCustomer = components['schemas']['OrderCustomer'];
export type OrderItem = components['schemas']['OrderItem'];
export type Order = components['schemas']['Order'];
export type OrderPage = components['schemas']['OrderPage'];
export type Timeline = components['schemas']['Timeline'];
export type TimelineEntry = components['schemas']['TimelineEntry'];
export type Actor = components['schemas']['Actor'];
export type PaymentStart = components['schemas']['PaymentStart'];
export type PaymentIntent = components['schemas']['PaymentIntent'];
export type CheckoutResult = components['schemas']['CheckoutResult'];
export type PaymentVerification = components['schemas']['PaymentVerification'];
export type OrderCancellation = components['schemas']['OrderCancellation'];
export type OrderStatusChange = components['schemas']['OrderStatusChange'];
export type Payment = components['schemas']['Payment'];
export type PaymentPage = components['schemas']['PaymentPage'];
export type OutsidePayment = components['schemas']['OutsidePayment'];
export type RefundRequest = components['schemas']['RefundRequest'];
export type RefundPayout = components['schemas']['RefundPayout'];
export type RefundWithdrawal = components['schemas']['RefundWithdrawal'];
export type Refund = components['schemas']['Refund'];
export type RefundList = components['schemas']['RefundList'];
export type RefundPage = components['schemas']['RefundPage'];
export type WebhookEvent = components['schemas']['WebhookEvent'];
export type WebhookEventDetail = components['schemas']['WebhookEventDetail'];
export type WebhookEventPage = components['schemas']['WebhookEventPage'];
export type RazorpayEvent = components['schemas']['RazorpayEvent'];
export type WebhookReceipt = components['schemas']['WebhookReceipt'];
export type ReconciliationReport = components['schemas']['ReconciliationReport'];
export type CheckSummary = components['schemas']['CheckSummary'];
export type Finding = components['schemas']['Finding'];
export type ProductAccount = components['schemas']['ProductAccount'];
export type SignedUnits = components['schemas']['SignedUnits'];
export type OrderAccount = components['schemas']['OrderAccount'];
export type RepairRequest = components['schemas']['RepairRequest'];
export type RepairReport = components['schemas']['RepairReport'];
export type StockRepair = components['schemas']['StockRepair'];
export type StockRepairPage = components['schemas']['StockRepairPage'];
export type Mail = components['schemas']['Mail'];
export type MailPreview = components['schemas']['MailPreview'];
export type MailDetail = components['schemas']['MailDetail'];
export type MailPage = components['schemas']['MailPage'];
export type ShipmentCreation = components['schemas']['ShipmentCreation'];
export type CheckpointCreation = components['schemas']['CheckpointCreation'];
export type ShipmentItem = components['schemas']['ShipmentItem'];
export type Checkpoint = components['schemas']['Checkpoint'];
export type Shipment = components['schemas']['Shipment'];
export type ShipmentPage = components['schemas']['ShipmentPage'];
export type Liveness = components['schemas']['Liveness'];
export type Readiness = components['schemas']['Readiness'];
export type ReadinessReasons = components['schemas']['ReadinessReasons'];
export type ReadinessChecks = components['schemas']['ReadinessChecks'];
export type JobRun = components['schemas']['JobRun'];
export type JobFailure = components['schemas']['JobFailure'];
export type JobRunPage = components['schemas']['JobRunPage'];
export type OpenApiDocument = components['schemas']['OpenApiDocument'];
export type ResponseBadRequest = components['responses']['BadRequest'];
export type ResponseBadQuery = components['responses']['BadQuery'];
export type ResponseBadSignature = components['responses']['BadSignature'];
export type ResponseUnauthenticated = components['responses']['Unauthenticated'];
export type ResponseInvalidCredentials = components['responses']['InvalidCredentials'];
export type ResponseForbidden = components['responses']['Forbidden'];
export type ResponseOriginNotAllowed = components['responses']['OriginNotAllowed'];
export type ResponseProductNotFound = components['responses']['ProductNotFound'];
export type ResponseCopyIsRight = components['responses']['CopyIsRight'];
export type ResponseDocumentationPartNotFound = components['responses']['DocumentationPartNotFound'];
export type ResponseImageNotFound = components['responses']['ImageNotFound'];
export type ResponseBadUpload = components['responses']['BadUpload'];
export type ResponseImagesFull = components['responses']['ImagesFull'];
export type ResponseImageTooLarge = components['responses']['ImageTooLarge'];
export type ResponseUnsupportedImage = components['responses']['UnsupportedImage'];
export type ResponseOrderNotFound = components['responses']['OrderNotFound'];
export type ResponsePaymentNotFound = components['responses']['PaymentNotFound'];
export type ResponseNothingToReconcile = components['responses']['NothingToReconcile'];
export type ResponseMailNotFound = components['responses']['MailNotFound'];
export type ResponseMailConflict = components['responses']['MailConflict'];
export type ResponseEmailTaken = components['responses']['EmailTaken'];
export type ResponseSkuTaken = components['responses']['SkuTaken'];
export type ResponseVersionConflict = components['responses']['VersionConflict'];
export type ResponseStockConflict = components['responses']['StockConflict'];
export type ResponseCartBusy = components['responses']['CartBusy'];
export type ResponseCartConflict = components['responses']['CartConflict'];
export type ResponseOrderConflict = components['responses']['OrderConflict'];
export type ResponsePaymentConflict = components['responses']['PaymentConflict'];
export type ResponseIllegalTransition = components['responses']['IllegalTransition'];
export type ResponseRefundConflict = components['responses']['RefundConflict'];
export type ResponseRefundNotOpen = components['responses']['RefundNotOpen'];
export type ResponseRefundNotWithdrawable = components['responses']['RefundNotWithdrawable'];
export type ResponseRefundNotFound = components['responses']['RefundNotFound'];
export type ResponseEventNotFound = components['responses']['EventNotFound'];
export type ResponseShipmentNotFound = components['responses']['ShipmentNotFound'];
export type ResponseShipmentConflict = components['responses']['ShipmentConflict'];
export type ResponseCheckpointConflict = components['responses']['CheckpointConflict'];
export type ResponsePayloadTooLarge = components['responses']['PayloadTooLarge'];
export type ResponseUnsupportedMediaType = components['responses']['UnsupportedMediaType'];
export type ResponseBadResetToken = components['responses']['BadResetToken'];
export type ResponseSignInRefused = components['responses']['SignInRefused'];
export type ResponsePasswordRefused = components['responses']['PasswordRefused'];
export type ResponseAddressNotFound = components['responses']['AddressNotFound'];
export type ResponseUserNotFound = components['responses']['UserNotFound'];
export type ResponseContactNotFound = components['responses']['ContactNotFound'];
export type ResponseAddressesFull = components['responses']['AddressesFull'];
export type ResponseOwnAccount = components['responses']['OwnAccount'];
export type ResponseUserConflict = components['responses']['UserConflict'];
export type ResponseTooManyRequests = components['responses']['TooManyRequests'];
export type ResponseTooManyCarts = components['responses']['TooManyCarts'];
export type ResponseUnprocessableKey = components['responses']['UnprocessableKey'];
export type ResponseUnavailable = components['responses']['Unavailable'];
export type ResponseDefault = components['responses']['Default'];
export type ParameterKnownETag = components['parameters']['KnownETag'];
export type ParameterProductId = components['parameters']['ProductId'];
export type ParameterOrderId = components['parameters']['OrderId'];
export type ParameterUserId = components['parameters']['UserId'];
export type ParameterAddressId = components['parameters']['AddressId'];
export type ParameterContactId = components['parameters']['ContactId'];
export type ParameterEventId = components['parameters']['EventId'];
export type ParameterOfOrder = components['parameters']['OfOrder'];
export type ParameterFrom = components['parameters']['From'];
export type ParameterTo = components['parameters']['To'];
export type ParameterMailId = components['parameters']['MailId'];
export type ParameterIdempotencyKey = components['parameters']['IdempotencyKey'];
export type ParameterImageId = components['parameters']['ImageId'];
export type ParameterCartCookie = components['parameters']['CartCookie'];
export type ParameterSearch = components['parameters']['Search'];
export type ParameterCategory = components['parameters']['Category'];
export type ParameterProductSort = components['parameters']['ProductSort'];
export type ParameterOrderSort = components['parameters']['OrderSort'];
export type ParameterUserSort = components['parameters']['UserSort'];
export type ParameterContactSort = components['parameters']['ContactSort'];
export type ParameterOrderStatus = components['parameters']['OrderStatus'];
export type ParameterShipmentOrderId = components['parameters']['ShipmentOrderId'];
export type ParameterShipmentTrackingNumber = components['parameters']['ShipmentTrackingNumber'];
export type ParameterShipmentSort = components['parameters']['ShipmentSort'];
export type ParameterPage = components['parameters']['Page'];
export type ParameterLimit = components['parameters']['Limit'];
export type HeaderLocation = components['headers']['Location'];
export type HeaderDocumentationLocation = components['headers']['DocumentationLocation'];
export type HeaderETag = components['headers']['ETag'];
export type HeaderCacheControl = components['headers']['CacheControl'];
export type HeaderSetCookie = components['headers']['SetCookie'];
export type HeaderEndSession = components['headers']['EndSession'];
export type HeaderWwwAuthenticate = components['headers']['WwwAuthenticate'];
export type HeaderAllow = components['headers']['Allow'];
export type HeaderRetryAfter = components['headers']['RetryAfter'];
export type HeaderRateLimit = components['headers']['RateLimit'];
export type HeaderRateLimitPolicy = components['headers']['RateLimitPolicy'];
export type $defs = Record<string, never>;
export interface operations {
    register: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: {
                /**
                 * @description The cart of a guest. Browsers send it by themselves, and no script can mend it; so a value that was never given out counts as no cart.
                 * @example 9w3e6r1t8y4q7a2s5d0f
                 */
                holdfast_cart?: components["parameters"]["CartCookie"];
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Registration"];
            };
        };
        responses: {
            /** @description The account is there and signed in. */
            201: {
                headers: {
                    Location: components["headers"]["Location"];
                    "Set-Cookie": components["headers"]["SetCookie"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            400: components["responses"]["BadRequest"];
            403: components["responses"]["OriginNotAllowed"];
            409: components["responses"]["EmailTaken"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    login: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: {
                /**
                 * @description The cart of a guest. Browsers send it by themselves, and no script can mend it; so a value that was never given out counts as no cart.
                 * @example 9w3e6r1t8y4q7a2s5d0f
                 */
                holdfast_cart?: components["parameters"]["CartCookie"];
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Credentials"];
            };
        };
        responses: {
            /** @description Signed in. */
            200: {
                headers: {
                    "Set-Cookie": components["headers"]["SetCookie"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["InvalidCredentials"];
            403: components["responses"]["SignInRefused"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    logout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session is over. */
            204: {
                headers: {
                    "Set-Cookie": components["headers"]["EndSession"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadQuery"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["OriginNotAllowed"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    issueToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Credentials"];
            };
        };
        responses: {
            /** @description A token. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessToken"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["InvalidCredentials"];
            403: components["responses"]["SignInRefused"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    requestPasswordReset: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordResetRequest"];
            };
        };
        responses: {
            /** @description If the address has an account, a mail is on its way. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasswordResetReceipt"];
                };
            };
            400: components["responses"]["BadRequest"];
            403: components["responses"]["OriginNotAllowed"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    resetPassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordReset"];
            };
        };
        responses: {
            /** @description The password is set; every session is over. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadResetToken"];
            403: components["responses"]["OriginNotAllowed"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    getOwnProfile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The account of the caller. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            400: components["responses"]["BadQuery"];
            401: components["responses"]["Unauthenticated"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    updateOwnProfile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProfileChange"];
            };
        };
        responses: {
            /** @description The profile as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["OriginNotAllowed"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    changeOwnPassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordChange"];
            };
        };
        responses: {
            /** @description The password is changed; only the new session is open. */
            204: {
                headers: {
                    "Set-Cookie": components["headers"]["SetCookie"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["PasswordRefused"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    listOwnAddresses: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The addresses. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AddressBook"];
                };
            };
            400: components["responses"]["BadQuery"];
            401: components["responses"]["Unauthenticated"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    addOwnAddress: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddressEntry"];
            };
        };
        responses: {
            /** @description The address is kept. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedAddress"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["OriginNotAllowed"];
            409: components["responses"]["AddressesFull"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    replaceOwnAddress: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the kept address.
                 * @example 6b0s2l8n4y9r3x7v1a5d
                 */
                addressId: components["parameters"]["AddressId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddressEntry"];
            };
        };
        responses: {
            /** @description The address as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedAddress"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["OriginNotAllowed"];
            404: components["responses"]["AddressNotFound"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    removeOwnAddress: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the kept address.
                 * @example 6b0s2l8n4y9r3x7v1a5d
                 */
                addressId: components["parameters"]["AddressId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The address is gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadQuery"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["OriginNotAllowed"];
            404: components["responses"]["AddressNotFound"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    listUsers: {
        parameters: {
            query?: {
                /**
                 * @description Words to search for. Every word must be the beginning of a word in the name, the e-mail address or the phone number.
                 * @example asha 98450
                 */
                q?: components["schemas"]["SearchWords"];
                /**
                 * @description Only accounts with this role.
                 * @example admin
                 */
                role?: components["schemas"]["Role"];
                /**
                 * @description `true`: only blocked accounts; `false`: only those that are not. Left out: both.
                 * @example false
                 */
                blocked?: boolean;
                /**
                 * @description The order of the list: newest or oldest account first, by name, or by e-mail address.
                 * @example name
                 */
                sort?: components["parameters"]["UserSort"];
                /**
                 * @description Which page, from 1. `page` times `limit` may be at most 10000.
                 * @example 1
                 */
                page?: components["parameters"]["Page"];
                /**
                 * @description How many rows a page has.
                 * @example 20
                 */
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of accounts. No match is an empty page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserPage"];
                };
            };
            400: components["responses"]["BadQuery"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    getUserByEmail: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The e-mail address of the account.
                 * @example asha.rao@example.com
                 */
                email: components["schemas"]["Email"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The account. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminUser"];
                };
            };
            400: components["responses"]["BadQuery"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["UserNotFound"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    getUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the account.
                 * @example 5a9r1k7m3x8q2w6t0z4c
                 */
                userId: components["parameters"]["UserId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The account. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminUser"];
                };
            };
            400: components["responses"]["BadQuery"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["UserNotFound"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    deleteUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the account.
                 * @example 5a9r1k7m3x8q2w6t0z4c
                 */
                userId: components["parameters"]["UserId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The account is gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadQuery"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["UserNotFound"];
            409: components["responses"]["OwnAccount"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    updateUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the account.
                 * @example 5a9r1k7m3x8q2w6t0z4c
                 */
                userId: components["parameters"]["UserId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserChange"];
            };
        };
        responses: {
            /** @description The account as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminUser"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["UserNotFound"];
            409: components["responses"]["UserConflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    listProducts: {
        parameters: {
            query?: {
                /**
                 * @description Words to search for. Every word must be the beginning of a word in the row; capitals and accents do not matter.
                 * @example brass lamp
                 */
                q?: components["parameters"]["Search"];
                /**
                 * @description Only products of exactly this category, as `listCategories` names it.
                 * @example Lighting
                 */
                category?: components["parameters"]["Category"];
                /**
                 * @description Only products that cost at least this, in minor units.
                 * @example 10000
                 */
                minPrice?: components["schemas"]["MinorUnits"];
                /**
                 * @description Only products that cost at most this, in minor units.
                 * @example 150000
                 */
                maxPrice?: components["schemas"]["MinorUnits"];
                /**
                 * @description `true`: only products of which at least one unit is available; `false`: only those that are sold out.
                 * @example true
                 */
                inStock?: boolean;
                /**
                 * @description The order of the list: newest first, by price, by price downwards, or by name.
                 * @example price
                 */
                sort?: components["parameters"]["ProductSort"];
                /**
                 * @description Which page, from 1. `page` times `limit` may be at most 10000.
                 * @example 1
                 */
                page?: components["parameters"]["Page"];
                /**
                 * @description How many rows a page has.
                 * @example 20
                 */
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of products. No match is an empty page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProductPage"];
                };
            };
            400: components["responses"]["BadQuery"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    getProduct: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the product.
                 * @example 3f8k2m9x7q4t6w1z5c0n
                 */
                productId: components["parameters"]["ProductId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The product. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Product"];
                };
            };
            400: components["responses"]["BadQuery"];
            404: components["responses"]["ProductNotFound"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    listCategories: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The categories. An empty catalogue has none. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CategoryList"];
                };
            };
            400: components["responses"]["BadQuery"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    getProductImage: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `ETag` of a copy that is there already, or a list of several. What fits none is ignored.
                 * @example "6b86b273ff34fce19d6b804eff5a3f57"
                 */
                "If-None-Match"?: components["parameters"]["KnownETag"];
            };
            path: {
                /**
                 * @description The id of the image.
                 * @example 0a4e8h2m6q0t4x8b2f6k
                 */
                imageId: components["parameters"]["ImageId"];
                /**
                 * @description Which size.
                 * @example thumbnail
                 */
                rendition: components["schemas"]["ImageRendition"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The picture. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "image/webp": Uint8Array;
                };
            };
            304: components["responses"]["CopyIsRight"];
            400: components["responses"]["BadQuery"];
            404: components["responses"]["ImageNotFound"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    listAllProducts: {
        parameters: {
            query?: {
                /**
                 * @description Words to search for. Every word must be the beginning of a word in the row; capitals and accents do not matter.
                 * @example brass lamp
                 */
                q?: components["parameters"]["Search"];
                /**
                 * @description Only products of exactly this category, as `listCategories` names it.
                 * @example Lighting
                 */
                category?: components["parameters"]["Category"];
                /**
                 * @description `true`: only archived products; `false`: only those for sale. Left out: both.
                 * @example false
                 */
                archived?: boolean;
                /**
                 * @description The order of the list: newest first, by price, by price downwards, or by name.
                 * @example price
                 */
                sort?: components["parameters"]["ProductSort"];
                /**
                 * @description Which page, from 1. `page` times `limit` may be at most 10000.
                 * @example 1
                 */
                page?: components["parameters"]["Page"];
                /**
                 * @description How many rows a page has.
                 * @example 20
                 */
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of products. No match is an empty page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminProductPage"];
                };
            };
            400: components["responses"]["BadQuery"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    createProduct: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProductCreation"];
            };
        };
        responses: {
            /** @description The product is on sale. */
            201: {
                headers: {
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminProduct"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["SkuTaken"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    getAnyProduct: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the product.
                 * @example 3f8k2m9x7q4t6w1z5c0n
                 */
                productId: components["parameters"]["ProductId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The product. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminProduct"];
                };
            };
            400: components["responses"]["BadQuery"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["ProductNotFound"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    archiveProduct: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the product.
                 * @example 3f8k2m9x7q4t6w1z5c0n
                 */
                productId: components["parameters"]["ProductId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The product is archived. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadQuery"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["ProductNotFound"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    updateProduct: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the product.
                 * @example 3f8k2m9x7q4t6w1z5c0n
                 */
                productId: components["parameters"]["ProductId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProductChange"];
            };
        };
        responses: {
            /** @description The product as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminProduct"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["ProductNotFound"];
            409: components["responses"]["VersionConflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    orderProductImages: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the product.
                 * @example 3f8k2m9x7q4t6w1z5c0n
                 */
                productId: components["parameters"]["ProductId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ImageOrder"];
            };
        };
        responses: {
            /** @description The product as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminProduct"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["ProductNotFound"];
            409: components["responses"]["VersionConflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    addProductImage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the product.
                 * @example 3f8k2m9x7q4t6w1z5c0n
                 */
                productId: components["parameters"]["ProductId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["ImageUpload"];
            };
        };
        responses: {
            /** @description The product, with its new image. `Location` is where the image is. */
            201: {
                headers: {
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminProduct"];
                };
            };
            400: components["responses"]["BadUpload"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["ProductNotFound"];
            409: components["responses"]["ImagesFull"];
            413: components["responses"]["ImageTooLarge"];
            415: components["responses"]["UnsupportedImage"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    deleteProductImage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the product.
                 * @example 3f8k2m9x7q4t6w1z5c0n
                 */
                productId: components["parameters"]["ProductId"];
                /**
                 * @description The id of the image.
                 * @example 0a4e8h2m6q0t4x8b2f6k
                 */
                imageId: components["parameters"]["ImageId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The image is deleted. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadQuery"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["ImageNotFound"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    receiveStock: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description A text of your choice, new for each thing that you want done; the same for each attempt to have it done. A repeat is answered as the first attempt was, with
                 *     what there is now. The same key for something else is 422 `idempotency_key_reused`. A key belongs to the account that sent it and is kept for ever; after a
                 *     refusal it is free again.
                 * @example 4c1d7e90-2b6f-4a3c-8d15-9e0f7a6b5c42
                 */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The id of the product.
                 * @example 3f8k2m9x7q4t6w1z5c0n
                 */
                productId: components["parameters"]["ProductId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StockReceipt"];
            };
        };
        responses: {
            /** @description The units are on hand and on sale. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StockChange"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["ProductNotFound"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableKey"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    adjustStock: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description A text of your choice, new for each thing that you want done; the same for each attempt to have it done. A repeat is answered as the first attempt was, with
                 *     what there is now. The same key for something else is 422 `idempotency_key_reused`. A key belongs to the account that sent it and is kept for ever; after a
                 *     refusal it is free again.
                 * @example 4c1d7e90-2b6f-4a3c-8d15-9e0f7a6b5c42
                 */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The id of the product.
                 * @example 3f8k2m9x7q4t6w1z5c0n
                 */
                productId: components["parameters"]["ProductId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StockAdjustment"];
            };
        };
        responses: {
            /** @description The adjustment is made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StockChange"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["ProductNotFound"];
            409: components["responses"]["StockConflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableKey"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    listStockMovements: {
        parameters: {
            query?: {
                /**
                 * @description Only movements of this kind.
                 * @example receipt
                 */
                kind?: components["schemas"]["StockMovementKind"];
                /**
                 * @description Only movements at this time or later.
                 * @example 2026-03-01T00:00:00Z
                 */
                from?: components["schemas"]["UtcTime"];
                /**
                 * @description Only movements before this time.
                 * @example 2026-04-01T00:00:00Z
                 */
                to?: components["schemas"]["UtcTime"];
                /**
                 * @description Which page, from 1. `page` times `limit` may be at most 10000.
                 * @example 1
                 */
                page?: components["parameters"]["Page"];
                /**
                 * @description How many rows a page has.
                 * @example 20
                 */
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path: {
                /**
                 * @description The id of the product.
                 * @example 3f8k2m9x7q4t6w1z5c0n
                 */
                productId: components["parameters"]["ProductId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of movements. No match is an empty page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StockMovementPage"];
                };
            };
            400: components["responses"]["BadQuery"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["ProductNotFound"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    listProductHolds: {
        parameters: {
            query?: {
                /**
                 * @description Only what is held by this kind of holder.
                 * @example order
                 */
                kind?: components["schemas"]["HolderKind"];
                /**
                 * @description Which page, from 1. `page` times `limit` may be at most 10000.
                 * @example 1
                 */
                page?: components["parameters"]["Page"];
                /**
                 * @description How many rows a page has.
                 * @example 20
                 */
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path: {
                /**
                 * @description The id of the product.
                 * @example 3f8k2m9x7q4t6w1z5c0n
                 */
                productId: components["parameters"]["ProductId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of holds. No match is an empty page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProductHoldPage"];
                };
            };
            400: components["responses"]["BadQuery"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["ProductNotFound"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    getCart: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: {
                /**
                 * @description The cart of a guest. Browsers send it by themselves, and no script can mend it; so a value that was never given out counts as no cart.
                 * @example 9w3e6r1t8y4q7a2s5d0f
                 */
                holdfast_cart?: components["parameters"]["CartCookie"];
            };
        };
        requestBody?: never;
        responses: {
            /** @description The cart. */
            200: {
                headers: {
                    "Set-Cookie": components["headers"]["SetCookie"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Cart"];
                };
            };
            400: components["responses"]["BadQuery"];
            401: components["responses"]["Unauthenticated"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    emptyCart: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: {
                /**
                 * @description The cart of a guest. Browsers send it by themselves, and no script can mend it; so a value that was never given out counts as no cart.
                 * @example 9w3e6r1t8y4q7a2s5d0f
                 */
                holdfast_cart?: components["parameters"]["CartCookie"];
            };
        };
        requestBody?: never;
        responses: {
            /** @description The cart, now empty. */
            200: {
                headers: {
                    "Set-Cookie": components["headers"]["SetCookie"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Cart"];
                };
            };
            400: components["responses"]["BadQuery"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["OriginNotAllowed"];
            409: components["responses"]["CartBusy"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    addCartItem: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: {
                /**
                 * @description The cart of a guest. Browsers send it by themselves, and no script can mend it; so a value that was never given out counts as no cart.
                 * @example 9w3e6r1t8y4q7a2s5d0f
                 */
                holdfast_cart?: components["parameters"]["CartCookie"];
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CartAddition"];
            };
        };
        responses: {
            /** @description The cart, with the units held. */
            200: {
                headers: {
                    "Set-Cookie": components["headers"]["SetCookie"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Cart"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["OriginNotAllowed"];
            404: components["responses"]["ProductNotFound"];
            409: components["responses"]["CartConflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyCarts"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    setCartItem: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the product.
                 * @example 3f8k2m9x7q4t6w1z5c0n
                 */
                productId: components["parameters"]["ProductId"];
            };
            cookie?: {
                /**
                 * @description The cart of a guest. Browsers send it by themselves, and no script can mend it; so a value that was never given out counts as no cart.
                 * @example 9w3e6r1t8y4q7a2s5d0f
                 */
                holdfast_cart?: components["parameters"]["CartCookie"];
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CartQuantity"];
            };
        };
        responses: {
            /** @description The cart, with the units held. */
            200: {
                headers: {
                    "Set-Cookie": components["headers"]["SetCookie"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Cart"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["OriginNotAllowed"];
            404: components["responses"]["ProductNotFound"];
            409: components["responses"]["CartConflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyCarts"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    removeCartItem: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the product.
                 * @example 3f8k2m9x7q4t6w1z5c0n
                 */
                productId: components["parameters"]["ProductId"];
            };
            cookie?: {
                /**
                 * @description The cart of a guest. Browsers send it by themselves, and no script can mend it; so a value that was never given out counts as no cart.
                 * @example 9w3e6r1t8y4q7a2s5d0f
                 */
                holdfast_cart?: components["parameters"]["CartCookie"];
            };
        };
        requestBody?: never;
        responses: {
            /** @description The cart, without the line. */
            200: {
                headers: {
                    "Set-Cookie": components["headers"]["SetCookie"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Cart"];
                };
            };
            400: components["responses"]["BadQuery"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["OriginNotAllowed"];
            409: components["responses"]["CartBusy"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    listOwnOrders: {
        parameters: {
            query?: {
                /**
                 * @description Only orders with this status.
                 * @example pending
                 */
                status?: components["parameters"]["OrderStatus"];
                /**
                 * @description The order of the list: newest or oldest first, by total, or by total downwards.
                 * @example newest
                 */
                sort?: components["parameters"]["OrderSort"];
                /**
                 * @description Which page, from 1. `page` times `limit` may be at most 10000.
                 * @example 1
                 */
                page?: components["parameters"]["Page"];
                /**
                 * @description How many rows a page has.
                 * @example 20
                 */
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of orders. No match is an empty page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderPage"];
                };
            };
            400: components["responses"]["BadQuery"];
            401: components["responses"]["Unauthenticated"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    placeOrder: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description A text of your choice, new for each order that the customer wants; the same for each attempt to place it.
                 * @example 0b9f3a52-7c1e-4d68-9a40-5e2d8c7b6f13
                 */
                "Idempotency-Key": components["schemas"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: {
                /**
                 * @description The cart of a guest. Browsers send it by themselves, and no script can mend it; so a value that was never given out counts as no cart.
                 * @example 9w3e6r1t8y4q7a2s5d0f
                 */
                holdfast_cart?: components["parameters"]["CartCookie"];
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OrderPlacement"];
            };
        };
        responses: {
            /** @description The order is placed and holds its units. */
            201: {
                headers: {
                    Location: components["headers"]["Location"];
                    "Set-Cookie": components["headers"]["SetCookie"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Order"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["OriginNotAllowed"];
            409: components["responses"]["OrderConflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableKey"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    getOrder: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the order (not its number).
                 * @example 2z8x5c1v7b4n0m6k3j9h
                 */
                orderId: components["parameters"]["OrderId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The order. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Order"];
                };
            };
            400: components["responses"]["BadQuery"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["OrderNotFound"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    getOrderTimeline: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the order (not its number).
                 * @example 2z8x5c1v7b4n0m6k3j9h
                 */
                orderId: components["parameters"]["OrderId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The timeline. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Timeline"];
                };
            };
            400: components["responses"]["BadQuery"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["OrderNotFound"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    cancelOrder: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the order (not its number).
                 * @example 2z8x5c1v7b4n0m6k3j9h
                 */
                orderId: components["parameters"]["OrderId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OrderCancellation"];
            };
        };
        responses: {
            /** @description The order, cancelled. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Order"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["OriginNotAllowed"];
            404: components["responses"]["OrderNotFound"];
            409: components["responses"]["IllegalTransition"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    listAllOrders: {
        parameters: {
            query?: {
                /**
                 * @description Words to search for. Every word must be the beginning of a word in the row; capitals and accents do not matter.
                 * @example brass lamp
                 */
                q?: components["parameters"]["Search"];
                /**
                 * @description Only orders with this status.
                 * @example pending
                 */
                status?: components["parameters"]["OrderStatus"];
                /**
                 * @description Only orders with this payment status.
                 * @example completed
                 */
                paymentStatus?: components["schemas"]["PaymentStatus"];
                /**
                 * @description Only the orders of this user.
                 * @example 5a9r1k7m3x8q2w6t0z4c
                 */
                userId?: components["schemas"]["Id"];
                /**
                 * @description The order of the list: newest or oldest first, by total, or by total downwards.
                 * @example newest
                 */
                sort?: components["parameters"]["OrderSort"];
                /**
                 * @description Which page, from 1. `page` times `limit` may be at most 10000.
                 * @example 1
                 */
                page?: components["parameters"]["Page"];
                /**
                 * @description How many rows a page has.
                 * @example 20
                 */
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of orders. No match is an empty page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderPage"];
                };
            };
            400: components["responses"]["BadQuery"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    changeOrderStatus: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the order (not its number).
                 * @example 2z8x5c1v7b4n0m6k3j9h
                 */
                orderId: components["parameters"]["OrderId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OrderStatusChange"];
            };
        };
        responses: {
            /** @description The order as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Order"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["OrderNotFound"];
            409: components["responses"]["IllegalTransition"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    recordOutsidePayment: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description A text of your choice, new for each thing that you want done; the same for each attempt to have it done. A repeat is answered as the first attempt was, with
                 *     what there is now. The same key for something else is 422 `idempotency_key_reused`. A key belongs to the account that sent it and is kept for ever; after a
                 *     refusal it is free again.
                 * @example 4c1d7e90-2b6f-4a3c-8d15-9e0f7a6b5c42
                 */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The id of the order (not its number).
                 * @example 2z8x5c1v7b4n0m6k3j9h
                 */
                orderId: components["parameters"]["OrderId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OutsidePayment"];
            };
        };
        responses: {
            /** @description The payment is counted. The same key with the same body answers with the same payment. */
            201: {
                headers: {
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["OrderNotFound"];
            409: components["responses"]["PaymentConflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableKey"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    refundOrder: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description A text of your choice, new for each thing that you want done; the same for each attempt to have it done. A repeat is answered as the first attempt was, with
                 *     what there is now. The same key for something else is 422 `idempotency_key_reused`. A key belongs to the account that sent it and is kept for ever; after a
                 *     refusal it is free again.
                 * @example 4c1d7e90-2b6f-4a3c-8d15-9e0f7a6b5c42
                 */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The id of the order (not its number).
                 * @example 2z8x5c1v7b4n0m6k3j9h
                 */
                orderId: components["parameters"]["OrderId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RefundRequest"];
            };
        };
        responses: {
            /** @description The refunds that were decided. The same key with the same body answers with the same ones. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefundList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["OrderNotFound"];
            409: components["responses"]["RefundConflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableKey"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    startPayment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the order (not its number).
                 * @example 2z8x5c1v7b4n0m6k3j9h
                 */
                orderId: components["parameters"]["OrderId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PaymentStart"];
            };
        };
        responses: {
            /** @description The payment that is already open for this amount. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentIntent"];
                };
            };
            /** @description A new payment. Open Razorpay's checkout with it. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentIntent"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["OriginNotAllowed"];
            404: components["responses"]["OrderNotFound"];
            409: components["responses"]["PaymentConflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    listOwnPayments: {
        parameters: {
            query?: {
                /**
                 * @description Only what belongs to this order.
                 * @example 2z8x5c1v7b4n0m6k3j9h
                 */
                orderId?: components["parameters"]["OfOrder"];
                /**
                 * @description Which page, from 1. `page` times `limit` may be at most 10000.
                 * @example 1
                 */
                page?: components["parameters"]["Page"];
                /**
                 * @description How many rows a page has.
                 * @example 20
                 */
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of payments. No match is an empty page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentPage"];
                };
            };
            400: components["responses"]["BadQuery"];
            401: components["responses"]["Unauthenticated"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    getPayment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the payment (not Razorpay's).
                 * @example 1c4v7b0n3m6q9w2e5r8t
                 */
                paymentId: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The payment. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            400: components["responses"]["BadQuery"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["PaymentNotFound"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    listAllPayments: {
        parameters: {
            query?: {
                /**
                 * @description Words to search for. Every word must be the beginning of a word in the row; capitals and accents do not matter.
                 * @example brass lamp
                 */
                q?: components["parameters"]["Search"];
                /**
                 * @description Only what belongs to this order.
                 * @example 2z8x5c1v7b4n0m6k3j9h
                 */
                orderId?: components["parameters"]["OfOrder"];
                /**
                 * @description Only payments in this state.
                 * @example captured
                 */
                status?: components["schemas"]["PaymentState"];
                /**
                 * @description Only payments by this method, for example `upi`, `card` or `cash`.
                 * @example upi
                 */
                method?: components["schemas"]["PaymentMethod"];
                /**
                 * @description Only what came at this time or later.
                 * @example 2026-03-01T00:00:00Z
                 */
                from?: components["parameters"]["From"];
                /**
                 * @description Only what came before this time.
                 * @example 2026-04-01T00:00:00Z
                 */
                to?: components["parameters"]["To"];
                /**
                 * @description The order of the list: newest or oldest first, by amount, or by amount downwards.
                 * @example newest
                 */
                sort?: components["schemas"]["PaymentSort"];
                /**
                 * @description Which page, from 1. `page` times `limit` may be at most 10000.
                 * @example 1
                 */
                page?: components["parameters"]["Page"];
                /**
                 * @description How many rows a page has.
                 * @example 20
                 */
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of payments. No match is an empty page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentPage"];
                };
            };
            400: components["responses"]["BadQuery"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    listRefunds: {
        parameters: {
            query?: {
                /**
                 * @description Only what belongs to this order.
                 * @example 2z8x5c1v7b4n0m6k3j9h
                 */
                orderId?: components["parameters"]["OfOrder"];
                /**
                 * @description Only refunds in this state. `to_be_paid_out` and `failed` ones wait for an admin.
                 * @example to_be_paid_out
                 */
                state?: components["schemas"]["RefundState"];
                /**
                 * @description Which page, from 1. `page` times `limit` may be at most 10000.
                 * @example 1
                 */
                page?: components["parameters"]["Page"];
                /**
                 * @description How many rows a page has.
                 * @example 20
                 */
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of refunds. No match is an empty page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefundPage"];
                };
            };
            400: components["responses"]["BadQuery"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    confirmRefundPayout: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the refund.
                 * @example 5t8y1u4i7o0p3a6s9d2f
                 */
                refundId: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RefundPayout"];
            };
        };
        responses: {
            /** @description The refund, done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refund"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["RefundNotFound"];
            409: components["responses"]["RefundNotOpen"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    withdrawRefund: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the refund.
                 * @example 5t8y1u4i7o0p3a6s9d2f
                 */
                refundId: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RefundWithdrawal"];
            };
        };
        responses: {
            /** @description The refund, off its way to Razorpay. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refund"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["RefundNotFound"];
            409: components["responses"]["RefundNotWithdrawable"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    verifyPayment: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CheckoutResult"];
            };
        };
        responses: {
            /** @description The payment is genuine and counted. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentVerification"];
                };
            };
            400: components["responses"]["BadSignature"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["OriginNotAllowed"];
            404: components["responses"]["PaymentNotFound"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    receiveRazorpayWebhook: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Hex HMAC-SHA256 of the raw body, made with the webhook secret.
                 * @example 4f1c6e0b9a2d8375e1f4c0a97b6d5283094e7a1bd6c2f8350e9d7b4a1c6f2e80
                 */
                "X-Razorpay-Signature": components["schemas"]["HeaderText"];
                /**
                 * @description Razorpay's id of the event. An event without it is known by its content.
                 * @example NhX6aJ2kP9qW4t
                 */
                "X-Razorpay-Event-Id"?: components["schemas"]["HeaderText"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RazorpayEvent"];
            };
        };
        responses: {
            /** @description The event is stored. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookReceipt"];
                };
            };
            400: components["responses"]["BadSignature"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    submitContact: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ContactMessage"];
            };
        };
        responses: {
            /** @description The message has been taken. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactReceipt"];
                };
            };
            400: components["responses"]["BadRequest"];
            403: components["responses"]["OriginNotAllowed"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    listContacts: {
        parameters: {
            query?: {
                /**
                 * @description Words to search for. Every word must be the beginning of a word in the name, the address, the number or the message.
                 * @example brass lamp
                 */
                q?: components["schemas"]["SearchWords"];
                /**
                 * @description `true`: only messages that somebody has handled; `false`: only the others. Left out: both.
                 * @example false
                 */
                handled?: boolean;
                /**
                 * @description The order of the list: newest or oldest message first.
                 * @example oldest
                 */
                sort?: components["parameters"]["ContactSort"];
                /**
                 * @description Which page, from 1. `page` times `limit` may be at most 10000.
                 * @example 1
                 */
                page?: components["parameters"]["Page"];
                /**
                 * @description How many rows a page has.
                 * @example 20
                 */
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of messages. No match is an empty page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactPage"];
                };
            };
            400: components["responses"]["BadQuery"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    getContact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the message.
                 * @example 1c4t6m9p2z5s8y0w3b7f
                 */
                contactId: components["parameters"]["ContactId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The message. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
            400: components["responses"]["BadQuery"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["ContactNotFound"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    deleteContact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the message.
                 * @example 1c4t6m9p2z5s8y0w3b7f
                 */
                contactId: components["parameters"]["ContactId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The message is gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadQuery"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["ContactNotFound"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    updateContact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the message.
                 * @example 1c4t6m9p2z5s8y0w3b7f
                 */
                contactId: components["parameters"]["ContactId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ContactChange"];
            };
        };
        responses: {
            /** @description The message as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["ContactNotFound"];
            409: components["responses"]["VersionConflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    listWebhookEvents: {
        parameters: {
            query?: {
                /**
                 * @description Words to search for. Every word must be the beginning of a word in the row; capitals and accents do not matter.
                 * @example brass lamp
                 */
                q?: components["parameters"]["Search"];
                /**
                 * @description Only events in this state.
                 * @example failing
                 */
                state?: components["schemas"]["WebhookEventState"];
                /**
                 * @description Only events of this type, as Razorpay calls it.
                 * @example payment.captured
                 */
                event?: components["schemas"]["WebhookEventType"];
                /**
                 * @description Only what belongs to this order.
                 * @example 2z8x5c1v7b4n0m6k3j9h
                 */
                orderId?: components["parameters"]["OfOrder"];
                /**
                 * @description Only what came at this time or later.
                 * @example 2026-03-01T00:00:00Z
                 */
                from?: components["parameters"]["From"];
                /**
                 * @description Only what came before this time.
                 * @example 2026-04-01T00:00:00Z
                 */
                to?: components["parameters"]["To"];
                /**
                 * @description Which page, from 1. `page` times `limit` may be at most 10000.
                 * @example 1
                 */
                page?: components["parameters"]["Page"];
                /**
                 * @description How many rows a page has.
                 * @example 20
                 */
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of events. No match is an empty page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEventPage"];
                };
            };
            400: components["responses"]["BadQuery"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    getWebhookEvent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the event.
                 * @example NhX6aJ2kP9qW4t
                 */
                eventId: components["parameters"]["EventId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The event. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEventDetail"];
                };
            };
            400: components["responses"]["BadQuery"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["EventNotFound"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    replayWebhookEvent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the event.
                 * @example NhX6aJ2kP9qW4t
                 */
                eventId: components["parameters"]["EventId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The event waits to be worked off. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEvent"];
                };
            };
            400: components["responses"]["BadQuery"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["EventNotFound"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    getReconciliation: {
        parameters: {
            query?: {
                /**
                 * @description Only this product.
                 * @example 3f8k2m9x7q4t6w1z5c0n
                 */
                productId?: components["schemas"]["Id"];
                /**
                 * @description Only what belongs to this order.
                 * @example 2z8x5c1v7b4n0m6k3j9h
                 */
                orderId?: components["parameters"]["OfOrder"];
                /**
                 * @description How many products and how many orders are shown at most.
                 * @example 20
                 */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The report. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReconciliationReport"];
                };
            };
            400: components["responses"]["BadQuery"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NothingToReconcile"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    listStockRepairs: {
        parameters: {
            query?: {
                /**
                 * @description Only repairs of this product.
                 * @example 3f8k2m9x7q4t6w1z5c0n
                 */
                productId?: components["schemas"]["Id"];
                /**
                 * @description Which page, from 1. `page` times `limit` may be at most 10000.
                 * @example 1
                 */
                page?: components["parameters"]["Page"];
                /**
                 * @description How many rows a page has.
                 * @example 20
                 */
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of repairs. No match is an empty page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StockRepairPage"];
                };
            };
            400: components["responses"]["BadQuery"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    repairReconciliation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RepairRequest"];
            };
        };
        responses: {
            /** @description What was repaired, and what was not. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RepairReport"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NothingToReconcile"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    listMails: {
        parameters: {
            query?: {
                /**
                 * @description Words to search for. Every word must be the beginning of a word in the row; capitals and accents do not matter.
                 * @example brass lamp
                 */
                q?: components["parameters"]["Search"];
                /**
                 * @description Only mails in this state.
                 * @example dead
                 */
                state?: components["schemas"]["MailState"];
                /**
                 * @description `true`: only mails whose last attempt has failed and that are tried again; `false`: all.
                 * @example true
                 */
                retrying?: boolean;
                /**
                 * @description Only mails of this kind.
                 * @example order_confirmation
                 */
                kind?: components["schemas"]["MailKind"];
                /**
                 * @description Only what came at this time or later.
                 * @example 2026-03-01T00:00:00Z
                 */
                from?: components["parameters"]["From"];
                /**
                 * @description Only what came before this time.
                 * @example 2026-04-01T00:00:00Z
                 */
                to?: components["parameters"]["To"];
                /**
                 * @description The order of the list: newest or oldest first.
                 * @example newest
                 */
                sort?: components["schemas"]["MailSort"];
                /**
                 * @description Which page, from 1. `page` times `limit` may be at most 10000.
                 * @example 1
                 */
                page?: components["parameters"]["Page"];
                /**
                 * @description How many rows a page has.
                 * @example 20
                 */
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of mails. No match is an empty page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailPage"];
                };
            };
            400: components["responses"]["BadQuery"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    getMail: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the mail.
                 * @example 7h2k9p4r1t6w3x8z5b0c
                 */
                mailId: components["parameters"]["MailId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The mail. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailDetail"];
                };
            };
            400: components["responses"]["BadQuery"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["MailNotFound"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    retryMail: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the mail.
                 * @example 7h2k9p4r1t6w3x8z5b0c
                 */
                mailId: components["parameters"]["MailId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The mail, in the queue again. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Mail"];
                };
            };
            400: components["responses"]["BadQuery"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["MailNotFound"];
            409: components["responses"]["MailConflict"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    createShipment: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description A text of your choice, new for each thing that you want done; the same for each attempt to have it done. A repeat is answered as the first attempt was, with
                 *     what there is now. The same key for something else is 422 `idempotency_key_reused`. A key belongs to the account that sent it and is kept for ever; after a
                 *     refusal it is free again.
                 * @example 4c1d7e90-2b6f-4a3c-8d15-9e0f7a6b5c42
                 */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The id of the order (not its number).
                 * @example 2z8x5c1v7b4n0m6k3j9h
                 */
                orderId: components["parameters"]["OrderId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ShipmentCreation"];
            };
        };
        responses: {
            /** @description The shipment. */
            201: {
                headers: {
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Shipment"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["OrderNotFound"];
            409: components["responses"]["ShipmentConflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableKey"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    listAllShipments: {
        parameters: {
            query?: {
                /**
                 * @description Words to search for. Every word must be the beginning of a word in the row; capitals and accents do not matter.
                 * @example brass lamp
                 */
                q?: components["parameters"]["Search"];
                /**
                 * @description Only shipments of this order.
                 * @example 2z8x5c1v7b4n0m6k3j9h
                 */
                orderId?: components["parameters"]["ShipmentOrderId"];
                /**
                 * @description Only the shipment with this tracking number, in any capitals.
                 * @example BD7719204483
                 */
                trackingNumber?: components["parameters"]["ShipmentTrackingNumber"];
                /**
                 * @description Only shipments with this status.
                 * @example in_transit
                 */
                status?: components["schemas"]["ShipmentStatus"];
                /**
                 * @description Only shipments by exactly this carrier.
                 * @example Blue Dart
                 */
                carrier?: components["schemas"]["CarrierName"];
                /**
                 * @description The order of the list: newest or oldest first.
                 * @example newest
                 */
                sort?: components["parameters"]["ShipmentSort"];
                /**
                 * @description Which page, from 1. `page` times `limit` may be at most 10000.
                 * @example 1
                 */
                page?: components["parameters"]["Page"];
                /**
                 * @description How many rows a page has.
                 * @example 20
                 */
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of shipments. No match is an empty page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShipmentPage"];
                };
            };
            400: components["responses"]["BadQuery"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    listOwnShipments: {
        parameters: {
            query?: {
                /**
                 * @description Only shipments of this order.
                 * @example 2z8x5c1v7b4n0m6k3j9h
                 */
                orderId?: components["parameters"]["ShipmentOrderId"];
                /**
                 * @description Only the shipment with this tracking number, in any capitals.
                 * @example BD7719204483
                 */
                trackingNumber?: components["parameters"]["ShipmentTrackingNumber"];
                /**
                 * @description The order of the list: newest or oldest first.
                 * @example newest
                 */
                sort?: components["parameters"]["ShipmentSort"];
                /**
                 * @description Which page, from 1. `page` times `limit` may be at most 10000.
                 * @example 1
                 */
                page?: components["parameters"]["Page"];
                /**
                 * @description How many rows a page has.
                 * @example 20
                 */
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of shipments. No match is an empty page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShipmentPage"];
                };
            };
            400: components["responses"]["BadQuery"];
            401: components["responses"]["Unauthenticated"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    getShipment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The carrier's number of the parcel.
                 * @example BD7719204483
                 */
                trackingNumber: components["schemas"]["TrackingNumber"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The shipment. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Shipment"];
                };
            };
            400: components["responses"]["BadQuery"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["ShipmentNotFound"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    addCheckpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the shipment (not its tracking number).
                 * @example 4k9d2s7x1m6q8w3t5z0c
                 */
                shipmentId: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CheckpointCreation"];
            };
        };
        responses: {
            /** @description The shipment with the checkpoint. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Shipment"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["ShipmentNotFound"];
            409: components["responses"]["CheckpointConflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    listJobRuns: {
        parameters: {
            query?: {
                /**
                 * @description Only the runs of this job.
                 * @example stock-rollback
                 */
                job?: components["schemas"]["JobName"];
                /**
                 * @description Only runs that ended so.
                 * @example failed
                 */
                outcome?: components["schemas"]["JobOutcome"];
                /**
                 * @description Which page, from 1. `page` times `limit` may be at most 10000.
                 * @example 1
                 */
                page?: components["parameters"]["Page"];
                /**
                 * @description How many rows a page has.
                 * @example 20
                 */
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of runs. No match is an empty page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobRunPage"];
                };
            };
            400: components["responses"]["BadQuery"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Default"];
        };
    };
    getLiveness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Alive. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Liveness"];
                };
            };
            400: components["responses"]["BadQuery"];
            default: components["responses"]["Default"];
        };
    };
    getReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ready. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            400: components["responses"]["BadQuery"];
            /** @description Not ready. Ask again after `Retry-After` seconds. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            default: components["responses"]["Default"];
        };
    };
    getMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The metrics. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            400: components["responses"]["BadQuery"];
            401: components["responses"]["Unauthenticated"];
            default: components["responses"]["Default"];
        };
    };
    getOpenApiJson: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `ETag` of a copy that is there already, or a list of several. What fits none is ignored.
                 * @example "6b86b273ff34fce19d6b804eff5a3f57"
                 */
                "If-None-Match"?: components["parameters"]["KnownETag"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The document. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenApiDocument"];
                };
            };
            304: components["responses"]["CopyIsRight"];
            400: components["responses"]["BadQuery"];
            default: components["responses"]["Default"];
        };
    };
    getOpenApiYaml: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `ETag` of a copy that is there already, or a list of several. What fits none is ignored.
                 * @example "6b86b273ff34fce19d6b804eff5a3f57"
                 */
                "If-None-Match"?: components["parameters"]["KnownETag"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The document. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/yaml": string;
                };
            };
            304: components["responses"]["CopyIsRight"];
            400: components["responses"]["BadQuery"];
            default: components["responses"]["Default"];
        };
    };
    getOpenApi30: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `ETag` of a copy that is there already, or a list of several. What fits none is ignored.
                 * @example "6b86b273ff34fce19d6b804eff5a3f57"
                 */
                "If-None-Match"?: components["parameters"]["KnownETag"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The document. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenApiDocument"];
                };
            };
            304: components["responses"]["CopyIsRight"];
            400: components["responses"]["BadQuery"];
            default: components["responses"]["Default"];
        };
    };
    getDocumentation: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `ETag` of a copy that is there already, or a list of several. What fits none is ignored.
                 * @example "6b86b273ff34fce19d6b804eff5a3f57"
                 */
                "If-None-Match"?: components["parameters"]["KnownETag"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            304: components["responses"]["CopyIsRight"];
            400: components["responses"]["BadQuery"];
            default: components["responses"]["Default"];
        };
    };
    redirectToDocumentation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description They are at `Location`. */
            308: {
                headers: {
                    Location: components["headers"]["DocumentationLocation"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadQuery"];
            default: components["responses"]["Default"];
        };
    };
    getDocumentationPart: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `ETag` of a copy that is there already, or a list of several. What fits none is ignored.
                 * @example "6b86b273ff34fce19d6b804eff5a3f57"
                 */
                "If-None-Match"?: components["parameters"]["KnownETag"];
            };
            path: {
                /**
                 * @description The name of the page, or of a file with its ending.
                 * @example reference
                 */
                part: components["schemas"]["DocumentationPart"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page or the file. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                    "text/css": string;
                    "text/javascript": string;
                    "image/svg+xml": string;
                };
            };
            304: components["responses"]["CopyIsRight"];
            400: components["responses"]["BadQuery"];
            404: components["responses"]["DocumentationPartNotFound"];
            default: components["responses"]["Default"];
        };
    };
}
