export {
  type SqliteIdentityStore,
  type SqliteIdentityStoreOptions,
  sqliteIdentityStore,
} from './identity/sqlite-identity-store.ts'
