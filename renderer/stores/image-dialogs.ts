import type { HostId } from '../../shared/model/ids'

/** Images in depth, and those that nobody uses. */
export type ImageDialogRequest =
  | { readonly kind: 'image'; readonly host: HostId; readonly path: string }
  | { readonly kind: 'orphans'; readonly host: HostId }
