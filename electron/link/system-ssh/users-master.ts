import type { Socket } from 'node:net'
import { throwIfAborted } from '../abort'
import { connectSocket } from '../connect-socket'
import type { Link } from '../link'
import { SshLink } from '../ssh-link'
import type { LinkParts } from './link-parts'
import { MuxConnection } from './mux-connection'

/** A connection whose network is gone is not worth more; another is made then. */
const sharedAnswerMs = 3000

/**
 * Where ssh_config has a ControlPath and the user's own ssh already holds a connection there, ssh would use that
 * without signing in again; so do we, and leave it open in the end.
 */
export async function joinUsersMaster(parts: LinkParts): Promise<Link | undefined> {
  const { settings, options, address } = parts
  const path = settings.get('controlpath') ?? 'none'
  if (path === 'none') return undefined
  throwIfAborted(options.signal)
  let socket: Socket | undefined
  const giveUp = setTimeout(() => socket?.destroy(), sharedAnswerMs)
  try {
    socket = await connectSocket({ path }, options.signal)
    const client = await MuxConnection.open(socket, async () => undefined)
    if (!(await client.answers())) throw new Error('no answer')
    options.log(`Using the connection that your own ssh holds at ${path}`)
    return new SshLink({ client, address, netcat: options.netcat ?? 'nc', log: options.log })
  } catch (error) {
    socket?.destroy()
    throwIfAborted(options.signal)
    const isAbsent = ['ENOENT', 'ECONNREFUSED'].includes((error as NodeJS.ErrnoException).code ?? '')
    if (!isAbsent) options.log(`The connection of your own ssh at ${path} does not answer, making another`)
    return undefined
  } finally {
    clearTimeout(giveUp)
  }
}
