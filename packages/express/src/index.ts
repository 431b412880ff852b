export {
  type CapiMiddleware,
  type CapiMiddlewareOptions,
  capiMiddleware,
} from './capi-middleware.ts'
export { getCapi, type RequestCapi } from './request-capi.ts'
