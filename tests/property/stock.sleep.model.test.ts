import * as mixes from './mixes.sleep.js';
import { testModel } from './stock.model.js';

testModel(Object.values(mixes));
