import type { Group } from '../../../../shared/model/hardware/kind'

export interface PanelProps {
  readonly group: Group
}
