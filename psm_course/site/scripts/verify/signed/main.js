// The part "receipts" of a test's page: what checks the signature of a receipt, also where the browser could. It is one road, and on plain
// HTTP the only one.
import {provide} from '../../core/start.js';
import {hasSigned} from '../../crypto/ed25519.js';
import {receiptSigner} from './receipt.js';

export const receipts = provide('receipts', {hasSigned, receiptSigner});
