import type { Holdfast } from '../../compose.js';
import type { Config } from '../../platform/config.js';
import type { Sandbox } from '../start.js';

/** What the console stands on. */
export type Parts = {
  holdfast: Pick<Holdfast, 'services' | 'jobs' | 'clock' | 'idle'>;
  config: Pick<Config, 'orders' | 'cart'>;
  sandbox: Pick<Sandbox, 'running'>;
};
