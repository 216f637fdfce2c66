import { startLab } from '../../../e2e/lab/lab'
import { describeTestDriver } from './testing/test-driver-suite'

describeTestDriver(async () => {
  const lab = await startLab({ hosts: ['labA'] })
  return { socketPath: lab.host('labA').socketPath, stop: () => lab.stop() }
})
