/** One rule of the stock protocol, taken out: `find` stands exactly once in `file`. */
export type Mutant = {
  rule: string;
  file: string;
  find: string;
  replace: string;
  /** The mix of the model that should notice it; it goes first, to save time. */
  mix: string;
  /** Where it is noticed, if not in the model of the stock protocol. */
  test?: string;
};

const ORDER_RULES = 'src/modules/orders/orders.rules.ts';
const SETTLEMENT = 'src/modules/orders/orders.settlement.ts';
const CANCEL = 'src/modules/orders/orders.cancel.ts';
const HOLD_SCRIPTS = 'src/modules/stock/holds.scripts.ts';
const PRODUCT_SCRIPTS = 'src/modules/stock/product.scripts.ts';
const ADJUSTMENTS = 'src/modules/stock/stock.adjustments.ts';

const MERGE_TEST = 'tests/property/merge.property.test.ts';

export const mutants: readonly Mutant[] = [
  {
    rule: "only the owner's generation releases a hold",
    file: HOLD_SCRIPTS,
    find: "if not h or h.gen ~= ARGV[2] then return { 'nothing' } end\nif ARGV[4]",
    replace: "if not h then return { 'nothing' } end\nif ARGV[4]",
    mix: 'a release sleeps while money comes late',
  },
  {
    rule: 'an order claims the hold of a cart, that very one',
    file: HOLD_SCRIPTS,
    find: "if not h or h.q ~= tonumber(ARGV[2]) then return { 'gone' } end",
    replace: `if not h then
  redis.call('SET', STOCK, available() - tonumber(ARGV[2]))
  redis.call('HSET', HOLD, 'q', ARGV[2])
  h = { q = tonumber(ARGV[2]), owner = 'cart', gen = ARGV[5] }
end`,
    mix: 'one order is sent twice, and paid',
  },
  {
    rule: 'the due entry is written in the same script as the hold',
    file: 'src/modules/stock/holds.store.ts',
    find: 'const reply = await onProduct(scripts.take, request.productId, request.cartId, [',
    replace: `const inTwo = async (script, productId, cartId, args) => {
        const text = script.text.replace("redis.call('ZADD', DUE, lapse, cart)", '');
        const reply = await onProduct({ ...script, text }, productId, cartId, args);
        if (reply[0] === 'held') await redis.client.zadd(stockKeys(productId).due, Number(reply[2]), cartId);
        return reply;
      };
      const reply = await inTwo(scripts.take, request.productId, request.cartId, [`,
    mix: 'processes die at any step',
  },
  {
    rule: 'release and consume wait while the product is not loaded',
    file: SETTLEMENT,
    find: "if ((await step(ref)).kind !== 'notloaded') continue;",
    replace: 'if ((await step(ref)).kind) continue;',
    mix: 'Redis is lost during a rollback',
  },
  {
    rule: "the sweep asks the owner's row, after the hold",
    file: 'src/modules/stock/stock.sweep.ts',
    find: 'const verdict = await judge(hold.owner, hold.gen);',
    replace: "const verdict = 'released';",
    mix: 'a sweep meets holds whose owner is at work',
  },
  {
    rule: 'increases are applied once each, by their number',
    file: PRODUCT_SCRIPTS,
    find: "if seq <= applied then return { 'done' } end",
    replace: '',
    mix: 'stock comes in while Redis is lost',
  },
  {
    rule: 'a decrease is a row before it is a hold',
    file: ADJUSTMENTS,
    find: `    await rows.insert(row);
    const taken = await stock.take({ productId, cartId, units, owner, gen }).catch(`,
    replace: `    const rowLater = async (taken) => (await rows.insert(row), taken);
    const taken = await stock.take({ productId, cartId, units, owner, gen }).then(rowLater).catch(`,
    mix: 'an admin takes stock away while Redis forgets',
  },
  {
    rule: 'a hold has an owner: that of a decrease is no cart that lapses',
    file: ADJUSTMENTS,
    find: '[-row.units, cartOf(row), ownerOf(row)]',
    replace: "[-row.units, cartOf(row), 'cart']",
    mix: 'a decrease by an admin sleeps or dies, and is asked for again',
  },
  {
    rule: "the sweep asks a decrease's row, after the hold",
    file: ADJUSTMENTS,
    find: "return row.holds === 'open' && row.until <= clock.now() ? end(row) : row.holds;",
    replace: "return 'released';",
    mix: 'a decrease by an admin sleeps or dies, and is asked for again',
  },
  {
    rule: 'a decrease counts only while its row is open',
    file: ADJUSTMENTS,
    find: "if (!(await rows.close(row.id, 'consumed', session))) throw unavailable('The stock of this product');",
    replace: "await rows.close(row.id, 'consumed', session);",
    mix: 'an admin takes stock away while Redis forgets',
  },
  {
    rule: 'a rebuild ends the decreases that are under way',
    file: 'src/modules/stock/adjustments.store.ts',
    find: "await Row.updateMany({ holds: 'open', productId }, RELEASED);",
    replace: '',
    mix: 'an admin takes stock away while Redis forgets',
  },
  {
    rule: 'late money: one attempt at a time',
    file: ORDER_RULES,
    find: "if (order.attempt !== null && order.attempt.until > now) return { kind: 'wait' };",
    replace: '',
    mix: 'money comes after the rollback',
  },
  {
    rule: 'late money: decided once',
    file: ORDER_RULES,
    find: 'if (order.decision === null && isAllThere(order.money, order.total)) return',
    replace: 'if (isAllThere(order.money, order.total)) return',
    mix: 'money comes after the rollback',
  },
  {
    rule: 'the holds are looked at before an order is paid',
    file: SETTLEMENT,
    find: 'if (!ours) return false;',
    replace: '',
    mix: 'the hold of an order vanishes',
  },
  {
    rule: 'a repair is written only if nothing changed since',
    file: PRODUCT_SCRIPTS,
    find: "if tonumber(redis.call('HGET', META, 'rev') or '0') ~= tonumber(ARGV[1]) then return { 'changed' } end",
    replace: '',
    mix: 'a reconciliation sleeps while others buy',
  },
  {
    rule: 'a product of an older incarnation of Redis counts as not loaded',
    file: 'src/modules/stock/stock.scripts.ts',
    find: "return redis.call('EXISTS', STOCK) == 1 and tonumber(redis.call('HGET', META, 'epoch')) == EPOCH",
    replace: "return redis.call('EXISTS', STOCK) == 1",
    mix: 'Redis restarts from an older file',
  },
  {
    rule: 'a load that slept through a loss is refused',
    file: PRODUCT_SCRIPTS,
    find: "if open[1] ~= ARGV[2] or tonumber(open[2]) ~= EPOCH then return { 'late' } end",
    replace: '',
    mix: 'Redis is lost while one loads',
  },
  {
    rule: 'merging carts moves a hold in one step, and never gives back and takes again',
    file: 'src/modules/stock/stock.service.ts',
    find: 'const moved = await loaded(productId, () => store.move({ ...ref, toCartId, wanted, heldBefore }));',
    replace: `const moved = await loaded(productId, () => store.release(ref, { onlyOwner: 'cart' }));
        const taken = { productId, cartId: toCartId, units: wanted, owner: 'cart', gen: hold.gen } as const;
        const mark = await markFor(productId, true);
        await loaded(productId, () => store.take({ ...taken, lapseMs: deps.cartHoldMs, mark }));`,
    mix: '',
    test: MERGE_TEST,
  },
  {
    rule: 'what a merged line does not want goes back only if nothing came in since it was read',
    file: HOLD_SCRIPTS,
    find: "if moved < h.q and held ~= tonumber(ARGV[6]) then return { 'surplus', held } end",
    replace: '',
    mix: '',
    test: MERGE_TEST,
  },
  {
    rule: "a guest's line is added to the user's cart once",
    file: 'src/modules/cart/cart.scripts.ts',
    find: "redis.call('HSET', CART, 'user', ARGV[1], mark, came .. ' ' .. productId)",
    replace: '',
    mix: '',
    test: MERGE_TEST,
  },
  {
    rule: 'the holds of a paid order stay consumed when it is cancelled',
    file: CANCEL,
    find: "const holds = sold ? {} : ({ holds: 'released' } as const);",
    replace: "const holds = { holds: 'released' };",
    mix: 'a paid order is cancelled before its holds are gone',
  },
  {
    rule: 'what was sold comes back when the order is cancelled, once',
    file: CANCEL,
    find: 'for (const { productId, quantity } of sold ? order.lines : []) {',
    replace: 'for (const { productId, quantity } of []) {',
    mix: 'a paid order is cancelled before its holds are gone',
  },
  {
    rule: 'a refund counts from its decision on, before the gateway has heard of it',
    file: 'src/modules/payments/payments.rules.ts',
    find: 'accepted + failed) + unheard)',
    replace: 'accepted + failed))',
    mix: 'admins give money back, beside everything else',
  },
  {
    rule: 'what was granted stays given when the order is paid a second time',
    file: ORDER_RULES,
    find: 'const toKeep = Math.max(0, total - money.granted);',
    replace: 'const toKeep = total;',
    mix: 'admins give money back, beside everything else',
  },
  {
    rule: 'what is too much goes back before an admin grants more',
    file: 'src/modules/payments/refunds.service.ts',
    find: 'if (deps.orders.isUnsettled(order)) return undefined;',
    replace: '',
    mix: 'admins give money back, beside everything else',
  },
  {
    rule: 'only what is given back of a sold order is granted',
    file: 'src/modules/payments/refunds.service.ts',
    find: 'const isGranted = deps.orders.isSold(order);',
    replace: 'const isGranted = true;',
    mix: 'admins give money back, beside everything else',
  },
];
