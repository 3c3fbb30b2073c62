import * as mixes from './mixes.loss.js';
import { testModel } from './stock.model.js';

testModel(Object.values(mixes));
