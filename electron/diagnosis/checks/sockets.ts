import { homedir } from 'node:os'
import type { HostUri } from '../../../shared/model/host-uri'
import { isSession, localSockets, remoteSocket } from '../../backends/libvirt/socket-paths'
import { uriParam } from '../../../shared/model/host-uri'

/**
 * Sockets the daemon may be behind, best first. Where a session's are on another host only that host knows: they are
 * marked with "session:" for the script that looks.
 */
export function socketsToLookAt(uri: HostUri, isHere: boolean): readonly string[] {
  const folders = { runtime: process.env['XDG_RUNTIME_DIR'], home: homedir() }
  // "direct" and "legacy" choose among the same sockets as here
  const choice = localSockets(uri, folders, false).paths
  if (isHere) return choice
  if (isSession(uri) && uriParam(uri, 'socket') === undefined) {
    return choice.map((path) => `session:${path.replace(/^.*\//, '')}`)
  }
  const far = remoteSocket(uri)
  return far === undefined || choice.includes(far) ? choice : [...choice, far]
}
