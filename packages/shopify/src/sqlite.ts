export {
  type SqliteIdentityStore,
  type SqliteIdentityStoreOptions,
  sqliteIdentityStore,
} from './identity/sqlite-identity-store.ts'
export {
  type SqliteOrderStore,
  type SqliteOrderStoreOptions,
  sqliteOrderStore,
} from './orders/sqlite-order-store.ts'
