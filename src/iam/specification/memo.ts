/** The same function, that remembers what it answered. */
export const memo = <Key, Value>(answer: (key: Key) => Value): (key: Key) => Value => {
  const known = new Map<Key, { readonly value: Value }>()
  return (key) => {
    const found = known.get(key) ?? { value: answer(key) }
    known.set(key, found)
    return found.value
  }
}
