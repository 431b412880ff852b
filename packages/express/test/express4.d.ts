// The alias of the catalog for Express 4; what its tests use is typed as in Express 5.
declare module 'express4' {
  export { default } from 'express'
}
