/** A small catalogue to try things on: prices in minor units, one product with a single unit, one that is sold out. */
export const SAMPLE_PRODUCTS = [
  {
    sku: 'LAMP-BRASS',
    name: 'Brass desk lamp',
    description: 'A heavy lamp with a warm light and a switch that clicks.',
    category: 'Lighting',
    price: 249_900,
    stock: 25,
  },
  {
    sku: 'LAMP-PAPER',
    name: 'Paper lantern',
    description: 'Folds flat, weighs nothing, glows like evening.',
    category: 'Lighting',
    price: 79_900,
    stock: 40,
  },
  {
    sku: 'MUG-BLUE',
    name: 'Blue stoneware mug',
    description: 'Thrown by hand; no two are alike.',
    category: 'Kitchen',
    price: 64_900,
    stock: 60,
  },
  {
    sku: 'KETTLE-STEEL',
    name: 'Steel kettle',
    description: 'Boils a litre in three minutes and does not whistle.',
    category: 'Kitchen',
    price: 189_900,
    stock: 12,
  },
  {
    sku: 'PRINT-MONSOON',
    name: 'Monsoon print',
    description: 'A numbered print. This is the last one.',
    category: 'Prints',
    price: 450_000,
    stock: 1,
  },
  {
    sku: 'NOTE-LINEN',
    name: 'Linen notebook',
    description: 'Two hundred pages that take ink well.',
    category: 'Stationery',
    price: 39_900,
    stock: 0,
  },
] as const;

/** Opens nothing but the sandbox on this machine; printed at every start. */
export const SAMPLE_ADMIN = {
  name: 'Sandbox Admin',
  email: 'admin@holdfast.example',
  password: 'holdfast-sandbox',
} as const;
