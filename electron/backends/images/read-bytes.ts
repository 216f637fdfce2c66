/**
 * A part of a file of the host. `od` tells it in figures, as a command's output comes to us as text; POSIX has it, and
 * BusyBox too: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/od.html
 */
import { AppError } from '../../../shared/errors'
import type { HostCommands } from './host-commands'
import { toolError } from './tool-errors'

const mostBytes = 1024 * 1024

export async function readBytes(
  host: HostCommands,
  path: string,
  offsetBytes: number,
  lengthBytes: number,
): Promise<Uint8Array> {
  if (!path.startsWith('/') || lengthBytes > mostBytes) {
    throw new AppError('invalid', 'This part of the file cannot be read')
  }
  const range = ['-j', String(offsetBytes), '-N', String(lengthBytes)]
  const argv = ['od', '-An', '-v', '-tx1', ...range, path]
  const { stdout, stderr, code } = await host.run(argv, { maxBytes: lengthBytes * 4 + 4096 })
  // a file that ends before the part begins has nothing of it
  if (code !== 0 && /skip past end/.test(stderr)) return new Uint8Array()
  if (code !== 0) throw toolError('od', { code, stderr })
  const bytes = Uint8Array.from(stdout.split(/\s+/).filter(Boolean), (word) => Number.parseInt(word, 16))
  return bytes.subarray(0, lengthBytes)
}
