import { open, readFile } from 'node:fs/promises'
import type { HypervisorSession } from '../../electron/backends/backend'
import { libvirtBackend } from '../../electron/backends/libvirt/libvirt-backend'
import { dataMap } from '../../electron/transfers/data-map'
import { download } from '../../electron/transfers/download'
import { sendFile } from '../../electron/transfers/send-file'
import type { SshEngine } from '../../shared/model/host'
import type { TransferClient } from './client'

/** What the app does once a task has checked that it may. */
export function innkeeper(
  name: string,
  uri: string,
  ssh?: { engine: SshEngine; keyFile: string },
): TransferClient {
  let session: HypervisorSession | undefined
  const { signal } = new AbortController()
  const storage = () => {
    if (!session) throw new Error('not connected')
    return session.storage
  }
  return {
    name,
    open: async () => {
      session = await libvirtBackend().connect({
        uri,
        ...(ssh ? { sshEngine: ssh.engine, keyFile: ssh.keyFile } : {}),
        signal,
        onStage: () => {},
        log: () => {},
        ask: async (prompt) => (prompt.kind === 'host-key' ? { kind: 'host-key', accept: true } : null),
      })
    },
    upload: async (path, pool, volume) => {
      const file = await open(path)
      try {
        const { size: sizeBytes, blocks } = await file.stat()
        const map = blocks * 512 < sizeBytes ? await dataMap(path, sizeBytes) : undefined
        const range = { offsetBytes: 0, lengthBytes: 0, isSparse: true }
        const sink = await storage().openUpload({ pool, volume }, range, signal)
        await sendFile(sink, { file, sizeBytes, from: 0, map, signal, onSent: () => {} })
      } finally {
        await file.close()
      }
    },
    download: (pool, volume, path) =>
      download(storage(), { pool, volume }, path, {
        signal,
        onProgress: () => {},
        onFigures: () => undefined,
        onDeleted: () => {},
      }),
    peakBytes: () => peakOf(process.pid),
    close: async () => session?.close(),
  }
}

export async function peakOf(pid: number | string): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return Number(/^VmHWM:\s*(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024
}
