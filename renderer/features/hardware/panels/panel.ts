import type { Group } from '../../../../shared/model/hardware/kind'

/**
 * What a panel is given; everything else comes from `useScope()` of form/scope: values, `set`, problems, the host's
 * capabilities. A panel of a page (not of a device that can be added) may also use `useSession()`, for changes that are
 * no fields, such as `setBootOrder` of draft.ts with `putChanges` of store.ts.
 */
export interface PanelProps {
  readonly group: Group
}
