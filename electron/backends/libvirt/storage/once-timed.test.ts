import { describe, expect, it } from 'vitest'
import { RpcError } from '../../../libvirt-rpc/index'
import { onceTimed } from './once-timed'

const untimed = new RpcError(
  1,
  0,
  'internal error: Child process (/usr/bin/qemu-img create) unexpected exit status 1: Unable to get accurate CPU usage',
)
const failing = (failures: number, error: unknown) => {
  let times = 0
  const work = async (): Promise<number> => {
    times += 1
    if (times <= failures) throw error
    return times
  }
  return { work, times: () => times }
}

describe('an encrypted image', () => {
  it('is made once QEMU could measure how fast the host is', async () => {
    expect(await onceTimed(failing(2, untimed).work)).toBe(3)
  })

  it('is given up when QEMU never can', async () => {
    const { work, times } = failing(100, untimed)
    await expect(onceTimed(work)).rejects.toBe(untimed)
    expect(times()).toBe(10)
  })

  it('is not tried again after any other failure', async () => {
    const full = new RpcError(1, 0, 'No space left on device')
    const { work, times } = failing(1, full)
    await expect(onceTimed(work)).rejects.toBe(full)
    expect(times()).toBe(1)
  })
})
