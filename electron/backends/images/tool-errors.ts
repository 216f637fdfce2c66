/** What qemu-img and the tools beside it say when they fail, as errors of ours. They speak English only. */
import { AppError, type ErrorKind } from '../../../shared/errors'

interface Failed {
  readonly stderr: string
  readonly code?: number
}

interface Meaning {
  readonly words: RegExp
  readonly kind: ErrorKind
  readonly message: string
  readonly cure?: string
}

const meanings: readonly Meaning[] = [
  {
    words: /Failed to get (shared )?"[\w ]+" lock|Is another process using the image/,
    kind: 'busy',
    message: 'Another program has the image open',
    cure: 'A VM runs with it, or another work on it is not done: wait for it, or shut the VM down.',
  },
  {
    words: /No space left on device/,
    kind: 'busy',
    message: 'The disk of the host is full',
    cure: 'Free some space, then try again.',
  },
  {
    words: /Permission denied|Operation not permitted/,
    kind: 'denied',
    message: 'The account of this connection may not do this on the host',
    cure: 'Connect as root, or as a user who may read and write there.',
  },
  { words: /Read-only file system/, kind: 'denied', message: 'The file system there is read-only' },
  {
    words: /No such file or directory|Not a directory/,
    kind: 'not-found',
    message: 'A file this needs is not on the host',
    cure: 'It may have been moved or deleted; see what the host says.',
  },
  { words: /File exists/, kind: 'already-exists', message: 'There is a file of this name already' },
  {
    words: /corrupt|Could not read.*(header|table)/i,
    kind: 'invalid',
    message: 'The image is damaged',
    cure: 'Check it, and repair it if you have a copy.',
  },
]

export function toolError(tool: string, { stderr, code }: Failed): AppError {
  const detail = stderr.trim().slice(-2000) || `${tool} ended with code ${code ?? 'none'}`
  if (code === 127) return missingTool(tool, detail)
  const meaning = meanings.find(({ words }) => words.test(stderr))
  if (!meaning) return new AppError('invalid', `${tool} on the host could not do this`, { detail })
  return new AppError(meaning.kind, meaning.message, { cure: meaning.cure, detail })
}

function missingTool(tool: string, detail: string): AppError {
  return new AppError('unsupported', `${tool} is not installed on the host`, {
    ...(tool === 'qemu-img'
      ? { cure: 'Install it there: the package is qemu-utils, qemu-img or qemu-tools, by distribution.' }
      : {}),
    detail,
  })
}
