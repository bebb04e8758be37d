import type { Fact, FileFacts, NamedModel } from './facts.ts'
import { noFacts } from './facts.ts'

/** Calls whose first text, or a named one, is a model or dataset of a public hub. */
const fetching = /\b(?:from_pretrained|pipeline|SentenceTransformer|CrossEncoder|hf_hub_download|snapshot_download|load_dataset|HuggingFaceEmbeddings|HuggingFaceEndpoint|LLM|FastLanguageModel)\s*\(/g

const mostCall = 2_000

/** What Python code tells: models that it fetches, code that it trusts, files that it loads as code. `isLocal` tells a folder of the repository from a model's name. */
export const pythonFacts = (text: string, isLocal: (path: string) => boolean): FileFacts => {
  const code = withoutComments(text)
  const lineAt = lineFinder(code)
  const calls = [...code.matchAll(fetching)].map(({ index, 0: opening }) => ({ line: lineAt(index), call: callAt(code, index + opening.length) }))
  return {
    ...noFacts,
    models: [...calls.flatMap(({ line, call }): Fact<NamedModel>[] => {
      const id = modelIn(call)
      return id === undefined || isLocal(id) ? [] : [{ line, value: { Id: id, Pinned: isPinned(call) } }]
    }), ...named(code, lineAt)],
    remoteCode: [...code.matchAll(/\btrust_remote_code\s*=\s*True\b|["']trust_remote_code["']\s*:\s*True\b|--trust-remote-code\b|HF_TRUST_REMOTE_CODE["']\s*[:=,\]]{1,2}\s*["']?(?:1|true)/gi)].map(({ index }) => ({ line: lineAt(index), value: 'trust_remote_code' })),
    unsafeLoads: unsafeLoads(code, lineAt),
  }
}

/** Comments go, line numbers stay. */
const withoutComments = (text: string): string => text.split('\n').map((line) => (/^\s*#/.test(line) ? '' : line)).join('\n')

const lineFinder = (text: string) => {
  const starts = [0]
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return (index: number): number => {
    let [low, high] = [0, starts.length]
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if (starts[middle]! <= index) low = middle
      else high = middle
    }
    return low + 1
  }
}

/** The arguments of a call up to its closing bracket. */
const callAt = (code: string, from: number): string => {
  let open = 1
  const end = Math.min(code.length, from + mostCall)
  for (let at = from; at < end; at++) {
    if (code[at] === '(') open++
    else if (code[at] === ')' && --open === 0) return code.slice(from, at)
  }
  return code.slice(from, end)
}

const hubName = /^[A-Za-z0-9][\w.-]{0,95}\/[A-Za-z0-9][\w.-]{0,95}$/

const modelIn = (call: string): string | undefined => {
  const first = /^\s*["']([^"'\n]{1,200})["']/.exec(call)?.[1]
  const by = /\b(?:model|repo_id|model_name|model_name_or_path|pretrained_model_name_or_path|path|model_id)\s*=\s*["']([^"'\n]{1,200})["']/.exec(call)?.[1]
  return [first, by].find((name) => name !== undefined && hubName.test(name))
}

/** A commit, or a tag of a version; a variable may be one. */
const isPinned = (call: string): boolean => /\brevision\s*=\s*(?:["'](?:[0-9a-f]{7,40}|v?\d[\w.-]*)["']|[A-Za-z_])/.test(call)

const bedrock = /["']((?:(?:us|eu|apac|global|jp|au|ca)\.)?(?:amazon|anthropic|meta|mistral|cohere|ai21|deepseek|stability|openai|qwen|writer|luma|twelvelabs|nvidia)\.[a-z0-9][a-z0-9.-]{2,60}(?::\d+)?)["']/g
const hosted = /["'](gpt-[345][a-z0-9.-]{0,30}|claude-[a-z0-9][a-z0-9.-]{2,40}|gemini-\d[a-z0-9.-]{0,30}|text-embedding-[a-z0-9-]{3,30})["']/g

/** Models of services: their names are versions, so there is nothing to pin. */
const named = (code: string, lineAt: (index: number) => number): Fact<NamedModel>[] =>
  [bedrock, hosted].flatMap((form) => [...code.matchAll(form)].map(({ index, 1: id }) => ({ line: lineAt(index), value: { Id: id!, Pinned: true } })))

/** What a file imports that works with models: a pickle elsewhere is a cache or a message, and no model. */
const learning = /(?:^|;)\s*(?:import|from)\s+(?:torch|tensorflow|keras|sklearn|xgboost|lightgbm|catboost|transformers|mlflow|sagemaker|pandas|numpy|onnx|spacy|statsmodels|diffusers|peft|sentence_transformers)\b/m

const loads: readonly (readonly [form: RegExp, unless?: RegExp])[] = [
  [/\b(?:dill|cloudpickle|joblib)\.loads?\s*\(/g],
  [/\b(?:pd|pandas)\.read_pickle\s*\(/g],
  [/\btorch\.load\s*\(/g, /\bweights_only\s*=\s*True\b/],
  [/\btorch\.hub\.load\s*\(/g],
  [/\b(?:np|numpy)\.load\s*\([^)\n]{0,300}allow_pickle\s*=\s*True/g],
  [/\bload_model\s*\([^)\n]{0,300}safe_mode\s*=\s*False/g],
]

const loadsOfLearning: typeof loads = [
  [/\b(?:c?[Pp]ickle)\.loads?\s*\(/g],
  [/\byaml\.(?:unsafe_load|load)\s*\(/g, /\b(?:C?SafeLoader|BaseLoader)\b/],
]

const unsafeLoads = (code: string, lineAt: (index: number) => number): Fact<string>[] =>
  [...loads, ...learning.test(code) ? loadsOfLearning : []].flatMap(([form, unless]) => [...code.matchAll(form)].flatMap(({ index, 0: opening }) => {
    const call = callAt(code, index + opening.length)
    return unless?.test(call) === true ? [] : [{ line: lineAt(index), value: opening.replace(/\s*\(.*$/s, '') }]
  }))
