import * as mixes from './mixes.cancel.js';
import { testModel } from './stock.model.js';

testModel(Object.values(mixes));
