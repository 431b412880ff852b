export { GET } from '../../seen/route'
