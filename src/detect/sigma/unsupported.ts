/** Why a rule is not run: what it asks for is not known here, or not right. */
export class Unsupported extends Error {}
