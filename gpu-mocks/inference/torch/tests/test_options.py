import unittest

from modelserver import options


class OptionsTest(unittest.TestCase):
    def test_the_mocks_arguments_are_understood(self):
        read = options.parse(
            ["airworthy.mocks.inference.InferenceMain", "--model", "chat", "--revision", "r1", "--exit-on-oom", "true",
             "--strict-readiness=false", "--first-token", "40"],
            {"MODEL_STORE": "http://s:1", "POD_IP": "127.1.2.3", "POD_NAME": "p", "POD_NAMESPACE": "n"})

        self.assertEqual(
            (read.model, read.revision, read.exit_on_oom, read.strict_readiness, read.exit_on_error, read.store, read.host,
             read.pod, read.namespace, read.ignored),
            ("chat", "r1", True, False, True, "http://s:1", "127.1.2.3", "p", "n", ("--first-token",)))

    def test_each_flag_of_the_mock_is_one_of_ours(self):
        import re
        from pathlib import Path

        java = Path(__file__).parents[2] / "src/main/java/airworthy/mocks/inference"
        flags = {flag for file in ("InferenceOptions", "InferenceMain")
                 for flag in re.findall(r'names = "(--[a-z-]+)"', (java / f"{file}.java").read_text())}
        ours = {flag for action in options._parser({})._actions for flag in action.option_strings}
        self.assertTrue(flags)
        self.assertEqual(flags - ours, set())

    def test_each_bucket_of_the_mock_is_one_of_ours(self):
        import re
        from pathlib import Path

        from modelserver import metrics

        java = (Path(__file__).parents[2] / "src/main/java/airworthy/mocks/inference/Histogram.java").read_text()
        theirs = [tuple(map(float, re.findall(r"[\d.]+", found))) for found in re.findall(r"List\.of\(([\d., \n]+)\)", java)]
        self.assertEqual(theirs, [metrics._FIRST_TOKEN, metrics._TOKEN, metrics._REQUEST])


if __name__ == "__main__":
    unittest.main()
