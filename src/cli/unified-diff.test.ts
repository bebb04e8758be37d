import { expect, test } from 'vitest'
import { unifiedDiff } from './unified-diff.ts'

test('each change has three lines around it, and what is the same has none', () => {
  const before = Array.from({ length: 20 }, (_, at) => `line ${at + 1}\n`).join('')
  const after = before.replace('line 3\n', 'line three\n').replace('line 15\n', 'line 15\nmore\n')
  expect(unifiedDiff('a.yaml', before, after)).toBe(`--- a/a.yaml
+++ b/a.yaml
@@ -1,6 +1,6 @@
 line 1
 line 2
-line 3
+line three
 line 4
 line 5
 line 6
@@ -13,6 +13,7 @@
 line 13
 line 14
 line 15
+more
 line 16
 line 17
 line 18
`)
  expect(unifiedDiff('a.yaml', before, before)).toBe('')
})

test('a last line without a break is told', () => {
  expect(unifiedDiff('f', 'a\nb', 'a\nb\nc')).toBe('--- a/f\n+++ b/f\n@@ -1,2 +1,3 @@\n a\n-b\n\\ No newline at end of file\n+b\n+c\n\\ No newline at end of file\n'.replace('-1,2 +1,3', '-1,2 +1,3'))
})
