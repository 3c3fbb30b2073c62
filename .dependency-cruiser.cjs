/** The rules of the house about who may import whom. */
const OWNERS = {
  express: '^src/platform/http/',
  'express-rate-limit': '^src/platform/http/',
  ioredis: '^src/platform/redis\\.ts$',
  '(agenda|@agendajs/mongo-backend)': '^src/platform/jobs\\.ts$',
  '@aws-sdk/client-ses': '^src/platform/mail\\.ts$',
  multer: '^src/platform/http/',
  sharp: '^src/modules/catalog/catalog\\.pictures\\.ts$',
  razorpay: '^src/modules/payments/razorpay\\.ts$',
  '(bcrypt|jsonwebtoken)': '^src/modules/auth/',
  mongoose:
    '^src/platform/(db|jobs)\\.ts$|^src/modules/[^/]+/[^/]+\\.(store|schema|ledger|epochs|inbox)\\.ts$',
  pino: '^src/platform/log\\.ts$',
};

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: '^src/(main\\.ts$|sandbox/checkout/)' },
      to: {},
    },
    {
      name: 'modules-meet-only-in-compose',
      severity: 'error',
      from: { path: '^src/modules/([^/]+)/' },
      to: { path: '^src/modules/', pathNot: '^src/modules/$1/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'platform-knows-no-module',
      severity: 'error',
      from: { path: '^src/platform/' },
      to: { path: '^src/(modules|compose|main|sandbox)' },
    },
    {
      name: 'only-main-knows-compose',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: '^src/((main|compose|sandbox/(welcome|timemachine))\\.ts$|compose/|sandbox/console/)',
      },
      to: { path: '^src/compose(\\.ts$|/)' },
    },
    {
      name: 'nobody-knows-the-sandbox',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(main\\.ts$|sandbox/)' },
      to: { path: '^src/sandbox/' },
    },
    {
      name: 'main-loads-the-sandbox-on-demand',
      severity: 'error',
      from: { path: '^src/main\\.ts$' },
      to: { path: '^src/sandbox/', dependencyTypesNot: ['type-only', 'dynamic-import'] },
    },
    {
      name: 'rules-are-pure',
      severity: 'error',
      from: { path: '^src/modules/.*\\.rules\\.ts$' },
      to: {
        pathNot: '^src/platform/(money|errors|page|search|text)\\.ts$|\\.rules\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'services-do-no-transport',
      severity: 'error',
      from: { path: '^src/modules/', pathNot: '\\.(handlers|view)\\.ts$' },
      to: { path: '^(src/platform/http/|generated/)' },
    },
    {
      name: 'generated-is-for-the-edge',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/platform/(http/|errors\\.ts)|\\.(handlers|view)\\.ts$' },
      to: { path: '^generated/' },
    },
    ...Object.entries(OWNERS).map(([library, owner]) => ({
      name: `owner-of-${library}`,
      severity: 'error',
      from: { path: '^src/', pathNot: `${owner}|^src/sandbox/` },
      to: { path: `^node_modules/${library}(/|$)`, dependencyTypesNot: ['type-only'] },
    })),
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { extensions: ['.ts', '.js'], conditionNames: ['import', 'types'] },
  },
};
