import { checkFbc, checkHashed, checkIdentity, checkLeadId } from './check-customer-information.ts'
import { type EventRule, INVALID } from './rule.ts'

/** Whether user_data is in a form that Meta takes, and names a person. */
export const CUSTOMER_RULES: readonly EventRule[] = [
  {
    id: 'user_data_not_hashed',
    ...INVALID,
    subcode: 2804016,
    title: 'Customer information not hashed',
    fix: 'Normalise the value, then send its SHA-256 in hex. Never send it raw.',
    check: checkHashed,
  },
  {
    id: 'fbc_malformed',
    ...INVALID,
    subcode: 2804001,
    title: 'Click id malformed',
    fix: 'Pass the _fbc cookie on as it is, or build fb.1.{milliseconds}.{fbclid}. Without a click, leave fbc out.',
    check: checkFbc,
  },
  {
    id: 'lead_id_invalid',
    ...INVALID,
    subcode: 2804036,
    title: 'Lead id malformed',
    fix: 'Send the id as Meta gave it, unhashed: 15 to 17 digits, as text where the number would be rounded.',
    check: checkLeadId,
  },
  {
    id: 'identity_too_thin',
    ...INVALID,
    subcode: 2804050,
    title: 'Too little customer information',
    fix: 'Add a key that points at one person: em, ph, external_id, fbp, fbc or client_ip_address.',
    check: checkIdentity,
  },
]
