/** Images and files of the host, by its own qemu-img. VMs run as the account that is signed in. */
import { imagesWith } from '../images/images'
import type { VmUser } from '../images/vm-user'
import type { ImageSession } from '../storage-session'
import type { QemuHost } from './host'
import type { QemuStorage } from './storage/storage'

export function imagesOf(host: QemuHost, storage: QemuStorage): ImageSession {
  return imagesWith({
    host: host.commands,
    storage,
    isReadOnly: host.info.isReadOnly,
    vmUser: () => ownAccount(host),
  })
}

async function ownAccount({ commands }: QemuHost): Promise<VmUser | undefined> {
  const [user, group] = await Promise.all([commands.run(['id', '-u']), commands.run(['id', '-g'])])
  const [uid, gid] = [user.stdout.trim(), group.stdout.trim()]
  return /^\d+$/.test(uid) && /^\d+$/.test(gid) ? { uid, gid } : undefined
}
