import { HostDevices } from './devices/HostDevices'
import { panels } from './panels'

/** What forms of hardware have beside fields. */
export const hardwareParts = { panels, lead: <HostDevices /> }
