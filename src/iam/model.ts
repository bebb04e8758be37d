/**
 * The words of the IAM engine: plain data in, plain data out.
 *
 * What a verdict means. Every condition key is one of
 *  - known: given in `Request.context`, or derived from the principal, the resource or the action;
 *  - the caller's to choose (`aws:RequestTag/x`, `s3:prefix`, `sts:ExternalId`, `aws:SecureTransport`, most service keys);
 *  - set by the environment (`aws:SourceIp`, `aws:SourceVpc`, `aws:MultiFactorAuthPresent`, `aws:CurrentTime`, …);
 *  - a gap: it depends on something that could not be read (tags of a resource that is not listed, an unreadable policy).
 * `allow`: there is a choice of the caller's values with which AWS allows the request whatever the environment and the gaps are.
 * `conditional`: there is a choice, an environment and a filling of the gaps with which it is allowed, but not for all.
 * `deny`: there is none. A key may also be absent unless AWS documents that it always is present.
 * With `Request.complete` a key that is neither given nor derived is absent, so only gaps can make a decision conditional.
 */
export type * from './input.ts'
export type * from './answers.ts'
