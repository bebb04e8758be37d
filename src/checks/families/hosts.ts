/** Whether an EC2 instance type has an accelerator that models run on: NVIDIA, Inferentia, Trainium, Gaudi and their like. */
export const isAccelerated = (instanceType: string | undefined): boolean =>
  instanceType !== undefined && /^(?:p[2-9]|g[3-9]|gr[6-9]|inf\d|trn\d|dl\d|vt\d)[a-z0-9-]*\./.test(instanceType)
