/** A program of its own that starts a VM and keeps its session until it is killed. Options come as JSON. */
import { errorData } from '../../../../shared/errors'
import type { VmId } from '../../../../shared/model/ids'
import { qemuBackend } from '../qemu-backend'

async function main(): Promise<void> {
  const { uri, keyFile, vm } = JSON.parse(process.argv[2] ?? '{}') as {
    uri: string
    keyFile?: string
    vm: VmId
  }
  const { signal } = new AbortController()
  const session = await qemuBackend().connect({
    uri,
    ...(keyFile === undefined ? {} : { keyFile }),
    signal,
    onStage: () => undefined,
    log: () => undefined,
    ask: async (prompt) => (prompt.kind === 'host-key' ? { kind: 'host-key', accept: true } : null),
  })
  await session.power(vm, 'start', { signal, onProgress: () => undefined })
  process.stdout.write('started\n')
}

main().catch((error: unknown) => process.stdout.write(`${JSON.stringify(errorData(error))}\n`))
