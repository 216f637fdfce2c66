import type { HostCommands } from './host-commands'
import { toolError } from './tool-errors'

/** A number alone is given to the next file when one goes, so the time of its birth counts too, where it is known. */
export async function readFileId(host: HostCommands, path: string): Promise<string> {
  const { stdout, stderr, code } = await host.run(['stat', '-L', '-c', '%d:%i:%W', '--', path])
  if (code !== 0) throw toolError('stat', { stderr, code })
  return stdout.trim()
}
