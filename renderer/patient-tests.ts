/** Before each file of the window's tests: what they wait for may take longer than a second on a busy machine. */
import { configure } from '@testing-library/react'

configure({ asyncUtilTimeout: 30_000 })
