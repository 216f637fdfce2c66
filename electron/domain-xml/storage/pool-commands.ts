/** What makes the same pool in a shell. */
import { poolTypeOf } from '../../../shared/model/storage/pool-types'
import { hereDocument } from '../here-document'

/** `virsh` turns words into a command with its connection. */
export function poolCommands(
  xml: string,
  { name, type }: { readonly name: string; readonly type: string },
  virsh: (words: readonly string[]) => string,
): string[] {
  return [
    hereDocument(virsh(['pool-define']), xml),
    ...(poolTypeOf(type)?.build?.isUsual ? [virsh(['pool-build', name])] : []),
    virsh(['pool-start', name]),
    virsh(['pool-autostart', name]),
  ]
}
