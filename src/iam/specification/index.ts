export { specify, type Specification } from './specify.ts'
