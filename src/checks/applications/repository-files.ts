import { every } from '../../core/unknown.ts'
import { defineCheck } from '../check.ts'

const on = 'Bartizan::Repository::File'
const notebook = { Path: 'train.ipynb', Kind: 'notebook' } as const

export default [
  defineCheck({
    id: 'code-trusts-remote-code', on,
    title: 'Code of a fetched model is run',
    risk: 'third-party', severity: 'high',
    why: 'Whoever may change the model on its hub runs code with the permissions of the job or notebook.',
    fix: { text: 'Leave trust_remote_code out, or keep a reviewed copy of the model in a bucket of your own.' },
    requires: ({ RemoteCode = [] }) => every(RemoteCode, ({ Call }) => Call === undefined),
    fails: [{ ...notebook, RemoteCode: [{ Call: 'trust_remote_code' }] }],
    passes: [notebook],
  }),
  defineCheck({
    id: 'code-model-unpinned', on,
    title: 'A model of a public hub is fetched without a fixed revision',
    risk: 'third-party', severity: 'medium',
    why: 'What is fetched tomorrow may be another model: exchanged by its owner, or by who took over the name.',
    fix: { text: 'Name the commit: revision="<commit of the model>".' },
    when: ({ Models = [] }) => Models.length > 0,
    requires: ({ Models = [] }) => every(Models, ({ Pinned }) => Pinned === true),
    fails: [{ ...notebook, Models: [{ Id: 'acme/tiny', Pinned: false }] }],
    passes: [{ ...notebook, Models: [{ Id: 'acme/tiny', Pinned: true }] }, { ...notebook, Models: [{ Id: 'amazon.nova-lite-v1:0', Pinned: true }] }],
  }),
  defineCheck({
    id: 'code-unsafe-model-load', on,
    title: 'A file is loaded in a way that runs the code in it',
    risk: 'third-party', severity: 'low',
    why: 'A pickled model is a program: whoever may write the file acts as the job or notebook that loads it.',
    fix: { text: 'Keep weights as safetensors, or load them with weights_only=True; verify a checksum before anything else.' },
    requires: ({ UnsafeLoads = [] }) => every(UnsafeLoads, ({ Call }) => Call === undefined),
    fails: [{ ...notebook, UnsafeLoads: [{ Call: 'torch.load' }] }],
    passes: [notebook],
  }),
  defineCheck({
    id: 'code-ai-package-unpinned', on,
    title: 'An AI package is installed in whatever version is newest',
    risk: 'third-party', severity: 'low',
    why: 'A version that was taken over or broken comes in with the next build.',
    fix: { text: 'Name one version (==), best with its hash.' },
    when: ({ Packages = [] }) => Packages.length > 0,
    requires: ({ Packages = [] }) => every(Packages, ({ Pinned }) => Pinned === true),
    fails: [{ Path: 'requirements.txt', Kind: 'requirements', Packages: [{ Name: 'openai', Pinned: false }] }],
    passes: [{ Path: 'requirements.txt', Kind: 'requirements', Packages: [{ Name: 'openai', Pinned: true }] }],
  }),
  defineCheck({
    id: 'code-ai-image-unpinned', on,
    title: 'An image with AI software is named by a tag that can move',
    risk: 'third-party', severity: 'low',
    why: 'The same name may give another image at the next build.',
    fix: { text: 'Name the image by its digest (@sha256:…).' },
    when: ({ Images = [] }) => Images.length > 0,
    requires: ({ Images = [] }) => every(Images, ({ Pinned }) => Pinned === true),
    fails: [{ Path: 'Dockerfile', Kind: 'docker', Images: [{ Name: 'vllm/vllm-openai:latest', Pinned: false }] }],
    passes: [{ Path: 'Dockerfile', Kind: 'docker', Images: [{ Name: 'vllm/vllm-openai@sha256:0', Pinned: true }] }],
  }),
]
