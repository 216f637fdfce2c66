import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { createInterface } from 'node:readline'
import { readFile } from 'node:fs/promises'
import type { Readable, Writable } from 'node:stream'
import type { TransferClient } from './client'
import { peakOf } from './innkeeper-client'

/** virsh kept open and fed with commands, so that it does not pay for connecting each time. */
export function virsh(name: string, uri: string): TransferClient {
  let child: ChildProcessByStdio<Writable, Readable, null> | undefined
  let lines: AsyncIterator<string> | undefined
  const ask = async (command: string): Promise<void> => {
    // virsh prints no prompt into a pipe
    child?.stdin.write(`${command}\necho END-OF-ANSWER\n`)
    for (;;) {
      const line = await lines?.next()
      if (!line || line.done) throw new Error('virsh ended')
      if (/^\s*error:/.test(line.value)) throw new Error(line.value)
      if (line.value.trim() === 'END-OF-ANSWER') return
    }
  }
  return {
    name,
    open: async () => {
      child = spawn('virsh', ['-c', uri], { stdio: ['pipe', 'pipe', 'inherit'] })
      lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
      await ask('hostname')
    },
    upload: (path, pool, volume) => ask(`vol-upload --pool ${pool} ${volume} ${path} --sparse`),
    download: (pool, volume, path) => ask(`vol-download --pool ${pool} ${volume} ${path} --sparse`),
    peakBytes: async () => {
      const pid = child?.pid ?? 0
      const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '')
      const all = await Promise.all([pid, ...children.split(' ').filter(Boolean)].map(peakOf))
      return all.reduce((sum, bytes) => sum + bytes, 0)
    },
    close: async () => {
      child?.stdin.end()
      if (child?.exitCode === null) await new Promise((resolve) => child?.once('exit', resolve))
    },
  }
}
