/**
 * A program of its own that connects once and prints what came of it, for tests that need another user than root:
 * node SCRIPT '{"uri":"…","readOnly":true}'
 */
import { errorData } from '../../../../shared/errors'
import { libvirtBackend } from '../libvirt-backend'

async function main(): Promise<void> {
  const { uri, readOnly } = JSON.parse(process.argv[2] ?? '{}') as { uri: string; readOnly?: boolean }
  const log: string[] = []
  let outcome: object
  try {
    const session = await libvirtBackend().connect({
      uri,
      ...(readOnly === undefined ? {} : { readOnly }),
      signal: new AbortController().signal,
      onStage: () => undefined,
      log: (text) => void log.push(text),
      ask: async () => null,
    })
    outcome = { info: session.info, vms: (await session.listVms()).length }
    await session.close()
  } catch (error) {
    outcome = { error: errorData(error) }
  }
  process.stdout.write(JSON.stringify({ ...outcome, log }))
}

void main()
