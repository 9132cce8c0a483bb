from corpuskit.counts import joint_of_pairs, pairs
from tests.counts.build import counted, sentence
from tests.counts.tickets import tickets


def test_joint_of_pairs_is_symmetric_and_sums_its_groups():
    stats = counted({name: [sentence("a", "a", "b")] for name in "0123456"})
    joint = joint_of_pairs(stats, "en")
    assert joint.subject == "lang:en"
    assert joint.kind == "pairs"
    assert joint.counts.toarray().tolist() == [[14, 14], [14, 0]]
    assert joint.n == 2 * pairs(stats, "en").sum()
    assert (sum(joint.groups) != joint.counts).nnz == 0
    assert sum(group.nnz > 0 for group in joint.groups) > 1


def test_joint_of_labels_counts_words_by_label_and_sums_its_groups():
    joint = tickets().joint()
    assert joint.kind == "labels"
    assert joint.messages[6] == "pump"
    assert joint.intentions == ("orders", "repair")
    assert joint.counts.toarray()[6].tolist() == [1, 2]
    assert joint.counts.toarray()[5].tolist() == [2, 0]
    assert len(joint.groups) == 3
    assert (sum(joint.groups) != joint.counts).nnz == 0
    assert len(tickets().joint(groups=2).groups) == 2


def test_equal_messages_are_never_parted_between_groups():
    # "pump leaks oil" stands three times, twice as repair and once as orders
    joint = tickets().joint()
    pump = joint.messages.index("pump")
    assert [group.toarray()[pump].tolist() for group in joint.groups if group[pump].nnz] == [[1, 2]]


def test_the_joint_of_nothing_is_empty():
    joint = joint_of_pairs(counted({}), "en")
    assert (joint.n, joint.counts.shape, joint.messages) == (0, (0, 0), ())
    joint = joint_of_pairs(counted({"d": [sentence("alone")]}), "en")
    assert (joint.n, joint.counts.shape, joint.messages) == (0, (1, 1), ("alone",))


def test_counts_cannot_be_written():
    for joint in (tickets().joint(), joint_of_pairs(counted({"d": [sentence("a", "b")]}), "en")):
        for matrix in (joint.counts, *joint.groups):
            assert not matrix.data.flags.writeable
