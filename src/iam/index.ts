export { compile, type Iam } from './compile.ts'
export type * from './model.ts'
export type * from './catalogue.ts'
