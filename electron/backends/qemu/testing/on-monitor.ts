/** Another program at the monitor of a guest: the last of those that it has, which no session takes before the others. */
import type { VmId } from '../../../../shared/model/ids'
import { openLocalLink } from '../../../link/local'
import { QmpClient } from '../../../qmp/index'

export async function onMonitor<T>(
  root: string,
  vm: VmId,
  work: (monitor: QmpClient) => Promise<T>,
): Promise<T> {
  const link = openLocalLink()
  try {
    const monitor = await QmpClient.open(await link.openUnix(`${root}/run/${vm}/qmp-2`))
    try {
      return await work(monitor)
    } finally {
      monitor.close()
    }
  } finally {
    await link.close()
  }
}
