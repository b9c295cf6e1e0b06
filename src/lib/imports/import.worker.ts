import { expose } from 'comlink';
import { importing } from './importing.ts';
import { dropNetwork } from './no-network.ts';

dropNetwork();
expose(importing);
