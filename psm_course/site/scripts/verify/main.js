// The page for checking certificates and receipts. Its parts find what these modules export.
import './page.js';
