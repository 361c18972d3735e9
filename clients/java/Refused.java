/** What the user is told when the program will not go on. */
class Refused extends Exception {
    Refused(String reason) {
        super(reason);
    }
}
