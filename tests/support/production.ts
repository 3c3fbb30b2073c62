import { newId } from '../../src/platform/ids.js';
import { mongoUrl, redisAddress, redisDb } from './servers.js';

/** Everything that a start in production asks for: real databases, and nobody behind Razorpay's and SES's addresses. */
export function productionEnv(): Record<string, string> {
  const { host, port } = redisAddress();
  return {
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PUBLIC_URL: 'https://api.shop.example',
    DATABASE_URL: mongoUrl(`production${newId()}`),
    HOST_IP: host,
    REDIS_PORT: String(port),
    REDIS_DB: String(redisDb()),
    TOKEN_KEY: 'a-key-of-the-tests-that-is-long-enough-for-hs256',
    METRICS_TOKEN: 'metrics-token-of-the-tests',
    PASSWORD_RESET_URL: 'https://shop.example/reset-password',
    RAZORPAY_KEY_ID: 'rzp_test_image',
    RAZORPAY_KEY_SECRET: 'image-key-secret',
    RAZORPAY_WEBHOOK_SECRET: 'image-webhook-secret',
    RAZORPAY_API_URL: 'http://127.0.0.1:9',
    AWS_REGION: 'ap-south-1',
    AWS_ACCESS_KEY_ID: 'image',
    AWS_SECRET_ACCESS_KEY: 'image',
    AWS_SES_ENDPOINT: 'http://127.0.0.1:9',
    MAIL_FROM: 'shop@holdfast.example',
  };
}
